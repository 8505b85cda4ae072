package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.gateway.oauth.Parameters;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {
    private static Parameters parse(String latin1) {
        return FormBody.parse(Buffer.buffer(latin1.getBytes(StandardCharsets.ISO_8859_1)), new Parameters());
    }

    private static String refusal(String latin1) {
        OAuthFailure refusal = catchThrowableOfType(OAuthFailure.class, () -> parse(latin1));
        assertThat(refusal).as(latin1).isNotNull();
        Protocol error = (Protocol) refusal.error();
        assertThat(error.code()).isEqualTo(Code.INVALID_REQUEST);
        return error.description();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=b | b",
                "a=b%20c | b c",
                "a=b+c | b c",
                "a=b%2Bc | b+c",
                "a=b%2bc | b+c",
                "a=%26%3D%25 | &=%",
                "a=b=c | b=c",
                "x=1&a=b&y=2 | b",
                "&&a=b&& | b",
                "%61=b | b",
                "a=%C3%A4%E2%82%AC%F0%9F%94%91 | \u00e4\u20ac\uD83D\uDD11",
                "a=%7F~!*'() | \u007f~!*'()",
                "a=a;b | a;b"
            })
    void aValueIsDecoded(String form, String value) {
        assertThat(parse(form).get("a")).isEqualTo(value);
    }

    @Test
    void utf8MayStandAsItIs() {
        Buffer form = Buffer.buffer("a=\u00e4\u20ac&\u00e4=b", "UTF-8");

        assertThat(FormBody.parse(form, new Parameters()).get("a")).isEqualTo("\u00e4\u20ac");
        assertThat(FormBody.parse(form, new Parameters()).get("\u00e4")).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "a=", "a", "a&b=c", "A=b", "a%00=b%"})
    void aParameterWithoutAValueIsAbsent(String form) {
        if (form.contains("%")) {
            assertThat(refusal(form)).isNotEmpty();
        } else {
            assertThat(parse(form).get("a")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%2",
                "a=%zz",
                "a=%2g",
                "a=100%&b=c",
                "a=%%20",
                "%=b",
                "a%=b",
                "a=%+2",
                "a=%-1",
                "a=% 2",
                "a=%\u00ff\u00ff"
            })
    void aPercentSignThatBeginsNothingIsRefused(String form) {
        assertThat(refusal(form)).contains("%25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=\u00e4", // latin1, as it is
                "\u00e4=b",
                "a=\u0080",
                "a=%E4",
                "a=%C3",
                "a=%C3%28",
                "a=%C0%AF", // overlong /
                "a=%C0%80", // overlong NUL
                "a=%ED%A0%80", // half a surrogate pair
                "a=%F5%80%80%80",
                "a=%FF",
                "a=\u00ff",
                "a=abc%80",
                "a=abc\u00c3",
                "a=plain+\u00e4"
            })
    void whatIsNotUtf8IsRefused(String form) {
        assertThat(refusal(form)).contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%00", "a=\u0000", "a=b%00c", "a%00=b", "\u0000=b"})
    void aNulIsRefused(String form) {
        assertThat(refusal(form)).contains("NUL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b&a=b", "a=b&a=c", "a=&a=b", "a&a", "a=b&%61=c", "resource=x&a=1&a=2"})
    void aParameterGivenTwiceIsRefused(String form) {
        assertThat(refusal(form)).isEqualTo("a is given more than once: send it once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b>=1&<b>=2", "p%20w=1&p%20w=2", "\"=1&\"=2"})
    void anOddNameIsNotRepeatedBack(String form) {
        assertThat(refusal(form)).isEqualTo("a parameter is given more than once: send it once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource", "audience"})
    void someMayRepeatUpToEightTimes(String name) {
        String eight = IntStream.range(0, 8).mapToObj(i -> name + "=" + i).collect(Collectors.joining("&"));

        assertThat(parse(eight).get(name)).isEqualTo("0");
        assertThat(refusal(eight + "&" + name + "=8")).contains("more than 8 times");
    }

    @Test
    void thereMayBe64Parameters() {
        String most = IntStream.range(0, 64).mapToObj(i -> "p" + i + "=" + i).collect(Collectors.joining("&"));

        assertThat(parse(most).get("p63")).isEqualTo("63");
        assertThat(refusal(most + "&p64=64")).contains("64 parameters");
    }
}
