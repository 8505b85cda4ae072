package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that was made of others is denied with each of them. */
class ProvenanceTest {
    private static final String USER = "5a7d1f0e-3f0e-4b5a-9a53-0d5f0c3d8a11";

    private final TestClock clock = new TestClock();
    private final RevocationList list = new RevocationList(clock, Duration.ofSeconds(30));

    private static JsonObject claims(String owner) {
        return new JsonObject()
                .put("iss", TestNode.ISSUER)
                .put("sub", owner)
                .put("client_id", "last")
                .put("family", "oauth")
                .put("aud", TestNode.ISSUER)
                .put("jti", "jti-of-this")
                .put("iat", 1)
                .put("exp", 2)
                .put(
                        "src",
                        new JsonArray()
                                .add(source("jti-2", "middle", 3, 0, "kid-2"))
                                .add(source("jti-1", "first", 5, 7, "kid-1")))
                .put("act", new JsonObject().put("sub", "last").put("act", new JsonObject().put("sub", "middle")));
    }

    private static JsonObject source(String jti, String clientId, long clientEpoch, long consentEpoch, String kid) {
        return new JsonObject()
                .put("jti", jti)
                .put("client_id", clientId)
                .put("cep", clientEpoch)
                .put("nep", consentEpoch)
                .put("kid", kid);
    }

    private static AccessToken read(JsonObject claims) {
        return AccessToken.read("main", "kid-of-this", claims);
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN, jti-1, 0, '', true",
        "TOKEN, jti-2, 0, '', true",
        "TOKEN, jti-of-this, 0, '', true",
        "TOKEN, jti-3, 0, '', false",
        "CLIENT, first, 6, '', true",
        "CLIENT, first, 5, '', false",
        "CLIENT, middle, 4, '', true",
        "KEY, kid-1, 0, '', true",
        "KEY, kid-of-this, 0, '', true",
        "CONSENT, 5a7d1f0e-3f0e-4b5a-9a53-0d5f0c3d8a11, 8, first, true",
        "CONSENT, 5a7d1f0e-3f0e-4b5a-9a53-0d5f0c3d8a11, 7, first, false",
        "CONSENT, 5a7d1f0e-3f0e-4b5a-9a53-0d5f0c3d8a11, 8, middle, false",
        "CONSENT, 5a7d1f0e-3f0e-4b5a-9a53-0d5f0c3d8a12, 8, first, false"
    })
    void itIsDeniedWithEachOfThem(Kind kind, String key, long epoch, String clientId, boolean denied) {
        Denial denial = new Denial("main", kind, key, epoch, clientId, TestClock.START.plusSeconds(60));
        list.add(List.of(new SequencedDenial(1, denial)));
        assertThat(list.denies(read(claims(USER)))).isEqualTo(denied);
    }

    @Test
    void actorsAreToldAsTheyWereWritten() {
        assertThat(read(claims(USER)).provenance().act()).isEqualTo(claims(USER).getJsonObject("act"));
    }

    @Test
    void aClientsOwnTokenIsNoUsers() {
        assertThat(read(claims(USER)).actsForUser()).isTrue();
        assertThat(read(claims("first")).actsForUser()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "[{}]", "[{\"jti\":\"a\",\"client_id\":\"b\"}]", "{}", "\"a\""})
    void whatIsNotWellFormedIsNoToken(String sources) {
        Object value = new JsonObject("{\"v\":" + sources + "}").getValue("v");
        assertThatThrownBy(() -> read(claims(USER).put("src", value))).isInstanceOf(RuntimeException.class);
    }
}
