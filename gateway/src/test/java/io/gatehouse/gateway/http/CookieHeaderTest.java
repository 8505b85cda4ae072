package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieHeaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "sid=x | x",
                "a=1; sid=x; b=2 | x",
                "a=1;sid=x ;b=2 | x",
                "'  sid=x' | x",
                "sid=x=y | x=y",
                "'sid=' | ''",
                "sid | -",
                "sidx=1; xsid=2; SID=3 | -",
                "a=sid=x | -",
                "'' | -",
                "; ;; | -",
                "sid=x; sid=y | -",
                "sid=x; a=1; sid=x | -"
            })
    void oneCookieIsFound(String line, String value) {
        assertThat(CookieHeader.value(List.of(line), "sid")).isEqualTo(value);
    }

    @Test
    void linesCountAsOne() {
        assertThat(CookieHeader.value(List.of("a=1", "sid=x"), "sid")).isEqualTo("x");
        assertThat(CookieHeader.value(List.of("sid=x", "sid=y"), "sid")).isNull();
        assertThat(CookieHeader.value(List.of(), "sid")).isNull();
    }
}
