package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8628, section 6.1. */
class UserCodeTest {
    @Test
    void hasEightConsonantsOfWhichEachComesUp() {
        Set<Integer> letters = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            UserCode code = UserCode.make();
            assertThat(code.letters()).matches("[BCDFGHJKLMNPQRSTVWXZ]{8}");
            assertThat(code.shown()).matches("[A-Z]{4}-[A-Z]{4}");
            assertThat(UserCode.parse(code.shown())).isEqualTo(code);
            code.letters().chars().forEach(letters::add);
        }
        assertThat(letters).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WDJB-MJHT", "wdjb-mjht", "WDJBMJHT", " wdjb mjht ", "WDJB\u2013MJHT", "W-D-J-B-M-J-H-T"})
    void isReadAsPeopleTypeIt(String typed) {
        assertThat(UserCode.parse(typed)).isEqualTo(new UserCode("WDJBMJHT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "WDJB-MJH", "WDJB-MJHTT", "WDJB-MJHA", "WDJB-MJH1", "WDJB_MJHT", "WDJB-MJHT;", "\u0131"})
    void whatCanBeNoneIsRefused(String typed) {
        assertThat(UserCode.parse(typed)).isNull();
    }

    @Test
    void whatIsLongIsNotLookedAt() {
        assertThat(UserCode.parse("-".repeat(40) + "WDJBMJHT")).isNull();
    }
}
