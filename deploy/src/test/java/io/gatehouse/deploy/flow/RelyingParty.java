package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A confidential client of the provider, as the conformance plans have one.
 *
 * @param caller without a browser
 * @param username who logs in
 * @param responseMode null: the default, query
 * @param key by which it authenticates in place of a secret; null: it has none
 */
record RelyingParty(
        Caller caller,
        String clientId,
        String secret,
        boolean secretInBody,
        String username,
        String responseMode,
        KeyPair key) {
    static final String OPENID = "openid";

    /** The first client. */
    static RelyingParty plan(RunningNode node, String username, String responseMode) {
        return new RelyingParty(node.caller(), "plan", PlanServer.SECRET, false, username, responseMode, null);
    }

    /** The second client, which authenticates in the body. */
    RelyingParty second() {
        return new RelyingParty(caller, "plan-post", PlanServer.POST_SECRET, true, username, responseMode, null);
    }

    /** A request with state and nonce; changes are names and values in turn, null removes. */
    Map<String, String> request(String... changes) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", clientId);
        request.put("response_type", "code");
        request.put("redirect_uri", PlanServer.REDIRECT_URI);
        request.put("scope", OPENID);
        request.put("state", UUID.randomUUID().toString());
        request.put("nonce", UUID.randomUUID().toString());
        if (responseMode != null) {
            request.put("response_mode", responseMode);
        }
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                request.remove(changes[i]);
            } else {
                request.put(changes[i], changes[i + 1]);
            }
        }
        return request;
    }

    /** What the person sees first. */
    Page open(Person person, Map<String, String> request) {
        return person.open("/oauth2/authorize?" + Caller.form(pairs(request)));
    }

    /** Logs in and allows, as often as either is asked for: what the client is sent in the end, checked. */
    Map<String, String> authorize(Person person, Map<String, String> request) {
        return goOn(person, open(person, request), request);
    }

    /** The same from a page on. */
    Map<String, String> goOn(Person person, Page first, Map<String, String> request) {
        Page page = first;
        for (int i = 0; i < 3 && isOurs(page); i++) {
            page = page.asksForPassword() ? logIn(person, page) : person.submit(page, "decision", "allow");
        }
        return answer(page, request);
    }

    private Page logIn(Person person, Page page) {
        return person.submit(page, "username", username, "password", PlanServer.PASSWORD);
    }

    /** What a page brings the client: state and issuer are those that it expects. */
    Map<String, String> answer(Page page, Map<String, String> request) {
        Map<String, String> answer;
        if (responseMode == null) {
            assertThat(page.isRedirect())
                    .as("%s %s", page.status(), page.uri().getPath())
                    .isTrue();
            assertThat(page.location().toString()).startsWith(PlanServer.REDIRECT_URI + "?");
            answer = page.answer();
        } else {
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.form().action()).isEqualTo(PlanServer.REDIRECT_URI);
            answer = page.form().fields();
        }
        assertThat(answer.get("state")).isEqualTo(request.get("state"));
        assertThat(answer.get("iss")).isEqualTo(caller.base().toString());
        return answer;
    }

    /** The tokens that a request leads to, with an ID token that holds what it must. */
    Tokens logIn(Person person, Map<String, String> request) {
        Map<String, String> answer = authorize(person, request);
        assertThat(answer).containsKey("code").doesNotContainKey("error");
        return tokens(redeem(answer.get("code")), request.get("nonce"));
    }

    Tokens logIn(Person person, String... changes) {
        return logIn(person, request(changes));
    }

    /** @param nonce null: the request had none */
    Tokens tokens(Answer answer, String nonce) {
        return Tokens.read(this, answer, nonce);
    }

    /** @param more names and values in turn */
    Answer redeem(String code, String... more) {
        List<String> pairs = new ArrayList<>(List.of("grant_type", "authorization_code", "code", code));
        pairs.addAll(List.of("redirect_uri", PlanServer.REDIRECT_URI));
        pairs.addAll(List.of(more));
        return token(pairs);
    }

    Answer refresh(String refreshToken) {
        return token(List.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    private Answer token(List<String> grant) {
        List<String> pairs = new ArrayList<>(grant);
        if (key != null) {
            pairs.addAll(List.of("client_assertion_type", FapiParty.ASSERTION_TYPE, "client_assertion", assertion()));
        } else if (secretInBody) {
            pairs.addAll(List.of("client_id", clientId, "client_secret", secret));
        }
        String authorization = secretInBody || key != null ? null : Caller.basic(clientId, secret);
        return caller.post("/oauth2/token", authorization, pairs.toArray(String[]::new));
    }

    private String assertion() {
        return Assertion.of(clientId, caller.base().toString(), "ES256").signed(key);
    }

    Answer userinfo(String accessToken) {
        return caller.get("/oauth2/userinfo", "Bearer " + accessToken);
    }

    static String[] pairs(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
    }

    private static boolean isOurs(Page page) {
        return page.status() == 200 && page.hasForm() && !page.form().action().equals(PlanServer.REDIRECT_URI);
    }
}
