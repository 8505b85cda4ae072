package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A client as the FAPI 2.0 plans have one: it pushes its requests, authenticates by private_key_jwt, and proves a key by DPoP.
 *
 * @param key of its assertions and of its request objects
 * @param proofKey of its DPoP proofs
 * @param signs whether it signs its requests and gets signed answers (FAPI 2.0 Message Signing)
 */
record FapiParty(Caller caller, String clientId, KeyPair key, KeyPair proofKey, boolean signs) {
    static final String REDIRECT_URI = "https://client.example.org/callback";
    static final String VERIFIER = "verifier-0123456789abcdefghijklmnopqrstuvwxyz";
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    String issuer() {
        return caller.base().toString();
    }

    /** Its JWT for client authentication. */
    Assertion assertion() {
        return Assertion.of(clientId, issuer(), "ES256");
    }

    /** A proof for a POST to that path. */
    Assertion proof(String path) {
        return proof("POST", path);
    }

    Assertion proof(String method, String path) {
        return Assertion.of("", "", "ES256")
                .with("iss", null)
                .with("sub", null)
                .with("aud", null)
                .with("exp", null)
                .with("htm", method)
                .with("htu", issuer() + path)
                .header("typ", "dpop+jwt")
                .header("jwk", Assertion.jwk(proofKey, null));
    }

    /** For userinfo. */
    Assertion proofWith(String accessToken) {
        return proof("GET", "/oauth2/userinfo").with("ath", CodeFlow.challenge(accessToken));
    }

    /** SHA-256 thumbprint of the key that it proves. */
    String thumbprint() {
        JsonObject jwk = Assertion.jwk(proofKey, null);
        return CodeFlow.challenge("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + jwk.getString("x") + "\",\"y\":\""
                + jwk.getString("y") + "\"}");
    }

    /** A request with state, nonce and PKCE; changes are names and values in turn, null removes. */
    Map<String, String> request(String... changes) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", clientId);
        request.put("response_type", "code");
        request.put("redirect_uri", REDIRECT_URI);
        request.put("scope", "openid email");
        request.put("state", UUID.randomUUID().toString());
        request.put("nonce", UUID.randomUUID().toString());
        request.put("code_challenge", CodeFlow.challenge(VERIFIER));
        request.put("code_challenge_method", "S256");
        if (signs) {
            request.put("response_mode", "jwt");
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

    /** The request as a request object that counts for five minutes. */
    Assertion object(Map<String, String> request) {
        long now = Instant.now().getEpochSecond();
        Assertion object = Assertion.of(clientId, issuer(), "ES256")
                .with("sub", null)
                .with("nbf", now)
                .with("exp", now + 300)
                .header("typ", "oauth-authz-req+jwt");
        for (Map.Entry<String, String> parameter : request.entrySet()) {
            object = object.with(parameter.getKey(), parameter.getValue());
        }
        return object;
    }

    /** Pushed in the way of the client, with a right assertion. */
    Answer push(Map<String, String> request) {
        return push(request, assertion(), null);
    }

    /** @param proof null: none */
    Answer push(Map<String, String> request, Assertion assertion, Assertion proof) {
        return signs
                ? pushObject(object(request).signed(key), assertion, proof)
                : pushForm(request, assertion.signed(key), proof);
    }

    Answer pushObject(String object, Assertion assertion, Assertion proof) {
        return pushForm(Map.of("client_id", clientId, "request", object), assertion.signed(key), proof);
    }

    Answer pushForm(Map<String, String> form, String assertion, Assertion proof) {
        List<String> pairs = new ArrayList<>(List.of(RelyingParty.pairs(form)));
        pairs.addAll(List.of("client_assertion_type", ASSERTION_TYPE, "client_assertion", assertion));
        return post("/oauth2/par", proof, pairs);
    }

    /** What the browser brings. */
    static String requestUri(Answer pushed) {
        assertThat(pushed.status()).as(pushed.body()).isEqualTo(201);
        return pushed.text("request_uri");
    }

    Page open(Person person, String requestUri, String... more) {
        List<String> pairs = new ArrayList<>(List.of("client_id", clientId, "request_uri", requestUri));
        pairs.addAll(List.of(more));
        return person.open("/oauth2/authorize?" + Caller.form(pairs.toArray(String[]::new)));
    }

    /** What a redirect brings the client: of one that signs, what stands in the JWT. */
    Map<String, String> answer(Page page) {
        assertThat(page.location().toString()).startsWith(REDIRECT_URI + "?");
        Map<String, String> answer = page.answer();
        if (!signs) {
            assertThat(answer).containsEntry("iss", issuer());
            return answer;
        }
        assertThat(answer).containsOnlyKeys("response");
        Map<String, String> signed = new LinkedHashMap<>();
        new JwtCheck(new CodeFlow(caller, clientId, null), JWSAlgorithm.PS256)
                .signature(answer.get("response"))
                .getClaims()
                .forEach((name, value) -> signed.put(name, String.valueOf(value)));
        assertThat(signed).containsEntry("iss", issuer()).containsEntry("aud", "[" + clientId + "]");
        return signed;
    }

    /** Through login and consent. */
    Map<String, String> authorize(Person person, Map<String, String> request) {
        return answer(person.goOn(open(person, requestUri(push(request)))));
    }

    String code(Person person, String... changes) {
        Map<String, String> request = request(changes);
        Map<String, String> answer = authorize(person, request);
        assertThat(answer).containsKey("code").containsEntry("state", request.get("state"));
        return answer.get("code");
    }

    Answer redeem(String code) {
        return redeem(code, assertion().signed(key), proof("/oauth2/token"));
    }

    /** @param proof null: none */
    Answer redeem(String code, String assertion, Assertion proof) {
        return token(assertion, proof, codeGrant(code, VERIFIER));
    }

    /** @param verifier null: none */
    static String[] codeGrant(String code, String verifier) {
        List<String> pairs = new ArrayList<>(
                List.of("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT_URI));
        if (verifier != null) {
            pairs.addAll(List.of("code_verifier", verifier));
        }
        return pairs.toArray(String[]::new);
    }

    /** @param assertion null: none */
    Answer token(String assertion, Assertion proof, String... grant) {
        List<String> pairs = new ArrayList<>(List.of(grant));
        if (assertion == null) {
            pairs.addAll(List.of("client_id", clientId));
        } else {
            pairs.addAll(List.of("client_assertion_type", ASSERTION_TYPE, "client_assertion", assertion));
        }
        return post("/oauth2/token", proof, pairs);
    }

    Answer refresh(String refreshToken) {
        return token(
                assertion().signed(key),
                proof("/oauth2/token"),
                "grant_type",
                "refresh_token",
                "refresh_token",
                refreshToken);
    }

    Answer userinfo(String accessToken, Assertion proof) {
        return caller.send(
                "GET", "/oauth2/userinfo", "", "Authorization", "DPoP " + accessToken, "DPoP", proof.signed(proofKey));
    }

    private Answer post(String path, Assertion proof, List<String> pairs) {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
        if (proof != null) {
            headers.addAll(List.of("DPoP", proof.signed(proofKey)));
        }
        return caller.send("POST", path, Caller.form(pairs.toArray(String[]::new)), headers.toArray(String[]::new));
    }
}
