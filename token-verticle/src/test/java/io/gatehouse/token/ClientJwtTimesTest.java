package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.ClientJwtStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Since when, and until when, a JWT counts. */
class ClientJwtTimesTest extends ClientJwtCase {
    @ParameterizedTest
    @CsvSource({
        // exp, nbf, iat, time, since
        ", , 0, , -60",
        "300, -200, -100, , -160",
        ", , -100, -50, -160",
        ", -30, , , -90",
        "300, , , , -3300",
        "3600, -20, , , 0",
    })
    void verify_saysSinceWhenItMayHaveBeenPresented(
            @Nullable Long exp, @Nullable Long nbf, @Nullable Long iat, @Nullable Long time, long since) {
        String jwt = withTimes(exp, nbf, iat, time);
        assertThat(state(jwt, ADA).replaySince()).isEqualTo(Instant.ofEpochSecond(SECONDS + since));
    }

    /** Times as seconds from now (12:00:01.5 counts as 12:00:01). */
    @ParameterizedTest
    @CsvSource({
        "iat,0,true",
        "iat,-359,true",
        "iat,-360,false",
        "iat,60,true",
        "iat,62,false",
        "time,0,true",
        "time,-359,true",
        "time,-360,false",
        "time,62,false",
        "exp,300,true",
        "exp,-59,true",
        "exp,-60,false",
        "exp,3600,true",
        "exp,3602,false",
        "nbf,0,true",
        "nbf,60,true",
        "nbf,62,false",
        "nbf,-360,false",
    })
    void verify_wantsATimeOfNow(String claim, long offset, boolean counts) {
        long seconds = SECONDS + offset;
        for (String time : List.of("" + seconds, seconds + "000", seconds + ".0")) {
            for (String form : List.of("\"%s\":%s", "\"payload\":{\"%s\":%s}")) {
                String jwt = signed(PLAIN, "{\"client_id\":\"web\"," + form.formatted(claim, time) + "}");
                if (counts) {
                    assertThat(state(jwt, ADA).replayUntil()).isNotNull();
                } else {
                    invalid(jwt);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // exp, nbf, iat, time
        "300, -7200, , , true",
        "300, -7200, -10, , true",
        "-61, , 0, , false",
        "300, , -400, , false",
        "300, 100, 0, , false",
        ", , -400, 0, false",
        ", , 0, -400, false",
        ", , 0, 400, false",
        "10, , 0, 0, true",
    })
    void verify_wantsEveryTimeToAgree(
            @Nullable Long exp, @Nullable Long nbf, @Nullable Long iat, @Nullable Long time, boolean counts) {
        String jwt = withTimes(exp, nbf, iat, time);
        if (counts) {
            assertThat(state(jwt, ADA).replayUntil())
                    .isAfter(TokenNode.NOW)
                    .isBeforeOrEqualTo(TokenNode.NOW.plus(Duration.ofSeconds(300 + 60 + 10)));
        } else {
            invalid(jwt);
        }
    }

    private String withTimes(@Nullable Long exp, @Nullable Long nbf, @Nullable Long iat, @Nullable Long time) {
        return signed(
                PLAIN,
                "{\"client_id\":\"web\"" + claim("exp", exp) + claim("nbf", nbf) + claim("iat", iat)
                        + claim("time", time) + "}");
    }

    private static String claim(String name, @Nullable Long offset) {
        return offset == null ? "" : ",\"" + name + "\":" + (SECONDS + offset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"now\"",
                "\"1777863721\"",
                "-1",
                "1e300",
                "1e999999999",
                "true",
                "{}",
                "99999999999999999"
            })
    void verify_refusesATimeThatIsNone(String time) {
        allowUndated = true;
        for (String name : List.of("exp", "iat", "nbf", "time")) {
            invalid(signed(PLAIN, "{\"client_id\":\"web\",\"" + name + "\":" + time + "}"));
        }
    }

    @Test
    void verify_takesAnUndatedJwtWhereAllowedOnly() {
        String jwt = signed(PLAIN, "{\"client_id\":\"web\"}");
        assertThat(invalid(jwt)).contains("no time");
        allowUndated = true;
        ClientJwtStatement statement = state(jwt, ADA);
        assertThat(statement.replay()).isNull();
        assertThat(statement.replayUntil()).isNull();
        assertThat(statement.replaySince()).isNull();
        assertThat(state(signed(PLAIN, "{" + DATED + "}"), ADA).replay())
                .as("a dated one is remembered all the same")
                .isNotNull();
        invalid(signed(PLAIN, "{\"client_id\":\"web\",\"iat\":" + (SECONDS - 1000) + "}"));
    }
}
