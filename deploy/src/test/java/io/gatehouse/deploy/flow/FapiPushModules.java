package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules about pushed requests, PKCE and the assertions that clients show there. */
interface FapiPushModules extends FapiModules {
    @Test
    @DisplayName("fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds")
    default void requestUriBeforeCompletion() {
        Person person = somebody();
        String requestUri = FapiParty.requestUri(first().push(first().request()));
        assertThat(first().open(person, requestUri).asksForPassword()).isTrue();
        assertThat(first().answer(person.goOn(first().open(person, requestUri))))
                .containsKey("code");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-attempt-reuse-request_uri")
    default void requestUriTwice() {
        Person person = somebody();
        String requestUri = FapiParty.requestUri(first().push(first().request()));
        assertThat(first().answer(person.goOn(first().open(person, requestUri))))
                .containsKey("code");
        assertThat(first().open(person, requestUri).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client")
    default void requestUriOfAnotherClient() {
        String requestUri = FapiParty.requestUri(first().push(first().request()));
        assertThat(second().open(somebody(), requestUri).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param")
    default void requestUriPushed() {
        Map<String, String> form = new LinkedHashMap<>(first().request());
        form.put("request_uri", FapiParty.requestUri(first().push(first().request())));
        assertThat(first().pushForm(form, first().assertion().signed(first().key()), null)
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-attempt-invalid-http-method")
    default void put() {
        assertThat(first().caller().send("PUT", "/oauth2/par").status()).isEqualTo(405);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-without-duplicate-parameters")
    default void withoutDuplicates() {
        assertThat(first().code(somebody())).isNotEmpty();
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-ensure-pkce-required")
    default void withoutPkce() {
        Map<String, String> request = first().request("code_challenge", null, "code_challenge_method", null);
        assertThat(first().push(request).error()).isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-plain-pkce-rejected")
    default void plainPkce() {
        for (String method : new String[] {"plain", null}) {
            Map<String, String> request =
                    first().request("code_challenge", FapiParty.VERIFIER, "code_challenge_method", method);
            assertThat(first().push(request).error()).isEqualTo("400 invalid_request");
        }
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-test-array-as-audience-fails")
    default void arrayAsAudience() {
        refused(first().assertion().with("aud", new JsonArray().add(first().issuer())));
        refused(first().assertion()
                .with("aud", new JsonArray().add(first().issuer()).add("https://other.example.org")));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-test-par-endpoint-url-as-audience-fails")
    default void parEndpointAsAudience() {
        refused(first().assertion().with("aud", first().issuer() + "/oauth2/par"));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-par-test-token-endpoint-url-as-audience-fails")
    default void tokenEndpointAsAudience() {
        refused(first().assertion().with("aud", first().issuer() + "/oauth2/token"));
    }

    @Test
    @DisplayName(
            "fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted")
    default void assertionOfEightSecondsAhead() {
        long soon = Instant.now().getEpochSecond() + 8;
        Assertion assertion = first().assertion().with("nbf", soon).with("iat", soon);
        assertThat(first().push(first().request(), assertion, null).status()).isEqualTo(201);
    }

    @Test
    @DisplayName(
            "fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails")
    default void assertionOfTheFuture() {
        long late = Instant.now().getEpochSecond() + 90;
        refused(first().assertion().with("nbf", late).with("iat", late).with("exp", late + 60));
    }

    private void refused(Assertion assertion) {
        assertThat(first().push(first().request(), assertion, null).error()).isEqualTo("401 invalid_client");
    }
}
