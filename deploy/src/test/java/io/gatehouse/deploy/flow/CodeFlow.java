package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A client of the authorization code flow, with PKCE and a nonce, that tests drive step by step.
 *
 * @param secret null: a public client
 */
record CodeFlow(Caller caller, String clientId, String secret) {
    static final String REDIRECT_URI = "http://127.0.0.1:9999/callback";
    static final String NONCE = "nonce-of-the-flow";
    static final String VERIFIER = "verifier-0123456789abcdefghijklmnopqrstuvwxyz";

    /** The confidential client of the demo data. */
    static CodeFlow demo(Caller caller) {
        return new CodeFlow(caller, "demo", RunningNode.DEMO_SECRET);
    }

    /**
     * Where it sends the browser; names and values in turn are further parameters, or others in place of the usual; null: none.
     */
    String request(String scope, String... more) {
        List<String> usual = new ArrayList<>(List.of(
                "response_type",
                "code",
                "client_id",
                clientId,
                "redirect_uri",
                REDIRECT_URI,
                "scope",
                scope,
                "state",
                "state-of-the-flow",
                "nonce",
                NONCE,
                "code_challenge",
                challenge(VERIFIER),
                "code_challenge_method",
                "S256"));
        for (int i = 0; i < more.length; i += 2) {
            set(usual, more[i], more[i + 1]);
        }
        return "/oauth2/authorize?" + Caller.form(usual.toArray(String[]::new));
    }

    private static void set(List<String> pairs, String name, String value) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(name)) {
                pairs.subList(i, i + 2).clear();
                break;
            }
        }
        if (value != null) {
            pairs.addAll(List.of(name, value));
        }
    }

    /** Through login and consent, where they are asked for, to a code. */
    String code(Person person, String scope, String... more) {
        return person.goOn(person.open(request(scope, more))).code();
    }

    Answer redeem(String code) {
        return redeemBy(code, VERIFIER);
    }

    /** @param verifier null: none */
    Answer redeemBy(String code, String verifier) {
        return verifier == null
                ? post("authorization_code", "code", code, "redirect_uri", REDIRECT_URI)
                : post("authorization_code", "code", code, "redirect_uri", REDIRECT_URI, "code_verifier", verifier);
    }

    /** The whole dance, which must work. */
    Answer tokens(Person person, String scope, String... more) {
        Answer answer = redeem(code(person, scope, more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    Answer refresh(String refreshToken) {
        return post("refresh_token", "refresh_token", refreshToken);
    }

    /** Of its own access token. */
    boolean isActive(String token) {
        return caller.post("/oauth2/introspect", Caller.basic(clientId, secret), "token", token)
                .json()
                .getBoolean("active");
    }

    Answer userinfo(String accessToken) {
        return caller.get("/oauth2/userinfo", "Bearer " + accessToken);
    }

    private Answer post(String grantType, String... more) {
        List<String> pairs = new ArrayList<>(List.of("grant_type", grantType));
        pairs.addAll(List.of(more));
        if (secret == null) {
            pairs.addAll(List.of("client_id", clientId));
        }
        String authorization = secret == null ? null : Caller.basic(clientId, secret);
        return caller.post("/oauth2/token", authorization, pairs.toArray(String[]::new));
    }

    static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
