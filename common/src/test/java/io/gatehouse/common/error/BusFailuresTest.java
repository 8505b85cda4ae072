package io.gatehouse.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.Defect;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.error.OAuthError.Unavailable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusFailuresTest {
    /** The form itself: older nodes hold it, so it stays. */
    static List<Arguments> forms() {
        return List.of(
                Arguments.of(new Protocol(Code.INVALID_GRANT, "it expired"), 3, "{\"description\":\"it expired\"}"),
                Arguments.of(new Throttled(Duration.ofMillis(1500)), 100, "{\"retry_after\":\"PT1.5S\"}"),
                Arguments.of(new Throttled(Duration.ZERO), 100, "{\"retry_after\":\"PT0S\"}"),
                Arguments.of(new NotFound("tenant"), 101, "{\"what\":\"tenant\"}"),
                Arguments.of(new Conflict("key set"), 102, "{\"what\":\"key set\"}"),
                Arguments.of(new Unavailable("store"), 103, "{\"service\":\"store\"}"),
                Arguments.of(new Defect("AbC-_123"), 104, "{\"incident\":\"AbC-_123\"}"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void areWrittenAndReadSo(OAuthError error, int number, String text) {
        assertThat(BusFailures.number(error)).isEqualTo(number);
        assertThat(BusFailures.text(error)).isEqualTo(text);
        assertThat(BusFailures.read(number, text)).isEqualTo(error);
    }

    static Stream<OAuthError> everyCode() {
        return Arrays.stream(Code.values()).map(code -> new Protocol(code, "\"ä\" \\ \n € 🔑 </script>"));
    }

    @ParameterizedTest
    @MethodSource("everyCode")
    void everyCodeComesBackAsItWas(OAuthError error) {
        assertThat(BusFailures.read(BusFailures.number(error), BusFailures.text(error)))
                .isEqualTo(error);
    }

    @Test
    void numbersOfOtherErrorsAreNoCodes() {
        assertThat(forms().stream().map(form -> (Integer) form.get()[1]).filter(number -> number >= 100))
                .allMatch(number -> Code.byNumber(number) == null);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 24, 99, 105, 1000})
    void anUnknownNumberIsADefectOfThePeer(int number) {
        assertThat(BusFailures.read(number, "{\"description\":\"new\"}")).isEqualTo(new Defect("unknown-" + number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "\"text\"", "{", "{\"description\":", "at java.lang.Thread.run"})
    void anUnreadableTextIsADefectOfThePeer(String text) {
        assertThat(BusFailures.read(3, text)).isEqualTo(new Defect("unreadable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "PT-1S", "P99999999999999999999D", ""})
    void anUnreadableDelayIsADefectOfThePeer(String delay) {
        assertThat(BusFailures.read(100, "{\"retry_after\":\"" + delay + "\"}")).isEqualTo(new Defect("unreadable"));
    }

    @Test
    void deeplyNestedTextIsADefectOfThePeer() {
        assertThat(BusFailures.read(3, "{\"description\":".repeat(100_000))).isEqualTo(new Defect("unreadable"));
    }

    @Test
    void whatANewerBuildAddsIsPassedOver() {
        assertThat(BusFailures.read(103, "{\"service\":\"store\",\"node\":\"b\"}"))
                .isEqualTo(new Unavailable("store"));
    }

    @Test
    void whatIsMissingIsReadAsEmpty() {
        assertThat(BusFailures.read(3, "{}")).isEqualTo(new Protocol(Code.INVALID_GRANT, ""));
        assertThat(BusFailures.read(100, "{}")).isEqualTo(new Throttled(Duration.ofSeconds(1)));
    }
}
