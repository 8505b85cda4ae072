package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules about signed requests. */
interface FapiObjectModules extends FapiModules {
    private Assertion object() {
        return first().object(first().request());
    }

    private Answer push(String object) {
        return first().pushObject(object, first().assertion(), null);
    }

    private Answer push(Assertion object) {
        return push(object.signed(first().key()));
    }

    private void refused(Assertion object) {
        assertThat(push(object).error()).isEqualTo("400 invalid_request_object");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-with-multiple-aud-succeeds")
    default void severalAudiences() {
        JsonArray audiences = new JsonArray().add(first().issuer()).add("https://other.example.org");
        assertThat(push(object().with("aud", audiences)).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted")
    default void objectOfEightSecondsAhead() {
        long soon = Instant.now().getEpochSecond() + 8;
        assertThat(push(object().with("nbf", soon).with("iat", soon)).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-without-exp-fails")
    default void withoutExp() {
        refused(object().with("exp", null));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-without-nbf-fails")
    default void withoutNbf() {
        refused(object().with("nbf", null));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-expired-request-object-fails")
    default void expired() {
        long now = Instant.now().getEpochSecond();
        refused(object().with("nbf", now - 600).with("exp", now - 300));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-with-bad-aud-fails")
    default void forAnother() {
        refused(object().with("aud", "https://other.example.org"));
        refused(object().with("aud", null));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-with-exp-over-60-fails")
    default void longLife() {
        refused(object().with("exp", Instant.now().getEpochSecond() + 70 * 60));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-with-nbf-over-60-fails")
    default void oldObject() {
        refused(object().with("nbf", Instant.now().getEpochSecond() - 70 * 60));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-signed-request-object-with-RS256-fails")
    default void objectByRs256() {
        Assertion rsa = object().header("kid", "rsa");
        assertThat(push(rsa.header("alg", "RS256").signed(FapiServer.RSA)).error())
                .isEqualTo("400 invalid_request_object");
        assertThat(push(rsa.header("alg", "PS256").signed(FapiServer.RSA)).status())
                .as("by the same key")
                .isEqualTo(201);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-signature-algorithm-is-not-none")
    default void none() {
        assertThat(push(object().header("alg", "none").input() + ".").error()).isEqualTo("400 invalid_request_object");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-with-invalid-signature-fails")
    default void wrongSignature() {
        String right = object().signed(first().key());
        String[] others = object().signed(first().key()).split("\\.");
        assertThat(push(right.substring(0, right.lastIndexOf('.') + 1) + others[2])
                        .error())
                .isEqualTo("400 invalid_request_object");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-matching-key-in-authorization-request")
    default void anotherClientsKey() {
        assertThat(push(object().signed(second().key())).error()).isEqualTo("400 invalid_request_object");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-unsigned-request-at-par-endpoint-fails")
    default void unsigned() {
        assertThat(first().pushForm(first().request(), first().assertion().signed(first().key()), null)
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-authorization-request-containing-request_uri")
    default void requestUriInTheObject() {
        String requestUri = FapiParty.requestUri(first().push(first().request()));
        refused(object().with("request_uri", requestUri));
    }

    /** No module: FAPI 2.0 Message Signing, section 5.4. */
    @Test
    @DisplayName("an answer that is not signed is not given")
    default void plainAnswer() {
        for (String mode : new String[] {"query", "form_post", null}) {
            Map<String, String> request = first().request("response_mode", mode);
            assertThat(first().push(request).error()).isEqualTo("400 invalid_request");
        }
    }
}
