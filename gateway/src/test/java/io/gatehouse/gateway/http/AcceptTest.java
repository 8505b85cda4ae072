package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered with a page: programs are not, whatever they would take. */
class AcceptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "image/avif, TEXT/HTML ; q=0.1",
                "application/json;q=0.1,text/html;level=1"
            })
    void aBrowserAsksForPagesByName(String header) {
        assertThat(Accept.isHtml(header)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ",;,",
                "*/*",
                "text/*",
                "application/json, */*;q=0.1",
                "text/html;q=0",
                "text/html; q=0.000, application/json",
                "text/htmlx",
                "application/xhtml+xml"
            })
    void whoDoesNotGetsNone(String header) {
        assertThat(Accept.isHtml(header)).isFalse();
    }
}
