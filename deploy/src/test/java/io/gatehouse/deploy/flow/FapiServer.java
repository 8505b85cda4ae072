package io.gatehouse.deploy.flow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.util.List;

/** The server as the FAPI 2.0 plans want it prepared: two clients with keys of their own, of one profile. */
final class FapiServer {
    static final KeyPair RSA = Assertion.key("RSA");
    private static final KeyPair FIRST = Assertion.key("EC");
    private static final KeyPair SECOND = Assertion.key("EC");
    private static final KeyPair FIRST_PROOF = Assertion.key("EC");
    private static final KeyPair SECOND_PROOF = Assertion.key("EC");

    private FapiServer() {}

    /** @param profile of both */
    static RunningNode node(String profile) {
        return RunningNode.configured("""
                bootstrap:
                  clients:
                    - {client_id: one, token_endpoint_auth_method: private_key_jwt, redirect_uris: ["%1$s"], profile: %2$s,
                       grant_types: [authorization_code, refresh_token], scope: openid email offline_access,
                       id_token_signed_response_alg: PS256, jwks: %3$s}
                    - {client_id: two, token_endpoint_auth_method: private_key_jwt, redirect_uris: ["%1$s"], profile: %2$s,
                       grant_types: [authorization_code, refresh_token], scope: openid email offline_access,
                       id_token_signed_response_alg: ES256, jwks: %4$s}
                  users:
                    - {username: ada, password: %5$s, name: Ada Lovelace, email: ada@example.org, email_verified: true}
                """.formatted(
                        FapiParty.REDIRECT_URI,
                        profile,
                        set(Assertion.jwk(FIRST, "first"), Assertion.jwk(RSA, "rsa")),
                        set(Assertion.jwk(SECOND, "second")),
                        RunningNode.ADA_PASSWORD));
    }

    static FapiParty first(RunningNode node, boolean signs) {
        return new FapiParty(node.caller(), "one", FIRST, FIRST_PROOF, signs);
    }

    static FapiParty second(RunningNode node, boolean signs) {
        return new FapiParty(node.caller(), "two", SECOND, SECOND_PROOF, signs);
    }

    private static String set(JsonObject... keys) {
        return new JsonObject().put("keys", new JsonArray(List.of(keys))).encode();
    }
}
