package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** What the token endpoint gave an OpenID client, checked as OpenID Connect Core, sections 3.1.3.5 and 3.1.3.7, say. */
record Tokens(JsonObject response, AppJwt idToken) {
    /** @param nonce null: the request had none */
    static Tokens read(RelyingParty client, Answer answer, String nonce) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.text("token_type")).isEqualToIgnoringCase("Bearer");
        Caller caller = client.caller();
        String jwks = caller.get("/oauth2/jwks", null).body();
        Tokens tokens = new Tokens(answer.json(), AppJwt.byJwks(answer.text("id_token"), jwks));
        tokens.check(client, nonce);
        return tokens;
    }

    private void check(RelyingParty client, String nonce) {
        JsonObject claims = idToken.claims();
        long now = Instant.now().getEpochSecond();
        assertThat(claims.getString("iss")).isEqualTo(client.caller().base().toString());
        assertThat(claims.getString("aud")).isEqualTo(client.clientId());
        assertThat(claims.getString("sub")).isNotEmpty().hasSizeLessThanOrEqualTo(255);
        assertThat(claims.getLong("iat")).isLessThanOrEqualTo(now);
        assertThat(claims.getLong("exp")).isGreaterThan(now);
        assertThat(claims.getLong("auth_time")).isLessThanOrEqualTo(now);
        assertThat(claims.getString("nonce")).isEqualTo(nonce);
        assertThat(claims.getString("at_hash")).isEqualTo(atHash(accessToken()));
    }

    String accessToken() {
        return response.getString("access_token");
    }

    String refreshToken() {
        return response.getString("refresh_token");
    }

    /** As it was sent. */
    String compact() {
        return response.getString("id_token");
    }

    String subject() {
        return idToken.claims().getString("sub");
    }

    long authTime() {
        return idToken.claims().getLong("auth_time");
    }

    /** Of a token that is signed by an algorithm with SHA-256. */
    private static String atHash(String accessToken) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
