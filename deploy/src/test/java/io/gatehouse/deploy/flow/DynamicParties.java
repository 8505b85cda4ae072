package io.gatehouse.deploy.flow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.util.List;

/**
 * Where the clients of the dynamic plan come from: each registers itself, with an initial access token, for private_key_jwt.
 */
record DynamicParties(Caller caller, ClientSites sites) {
    static final KeyPair KEY = Assertion.key("EC");
    static final KeyPair RSA = Assertion.key("RSA");

    /** Of a tenant whose operator gives out initial access tokens, to clients that send no PKCE. */
    /** Who may rotate keys. */
    static final String OPERATOR = "operator-0123456789abcdef0123456789abcdef";

    static RunningNode node(ClientSites sites) {
        return RunningNode.configured("""
                limits: {registrations_per_address: off}
                bootstrap:
                  tenants:
                    - {id: main, registration: {initial_access_tokens: [%s], scope: %s}}
                  users:
                    - {username: %s, password: %s, name: Ada Lovelace}
                """.formatted(
                                Registering.INITIAL_TOKEN, PlanServer.SCOPE, PlanServer.DECLARED, PlanServer.PASSWORD))
                .with("management.token", OPERATOR)
                .in(sites.world());
    }

    /** What each of them tells of itself. */
    static JsonObject metadata() {
        return new JsonObject()
                .put("client_name", "Party of the plan")
                .put("redirect_uris", new JsonArray().add(PlanServer.REDIRECT_URI))
                .put("grant_types", new JsonArray().add("authorization_code").add("refresh_token"))
                .put("response_types", new JsonArray().add("code"))
                .put("contacts", new JsonArray().add("plan@example.org"))
                .put("token_endpoint_auth_method", "private_key_jwt")
                .put("jwks", keys(Assertion.jwk(KEY, "ec"), Assertion.jwk(RSA, "rsa")));
    }

    static JsonObject keys(JsonObject... keys) {
        return new JsonObject().put("keys", new JsonArray(List.of(keys)));
    }

    Answer post(JsonObject metadata) {
        return registering().post(Registering.INITIAL_TOKEN, metadata);
    }

    RelyingParty party() {
        return party(metadata());
    }

    /** One that registers so, which must work. */
    RelyingParty party(JsonObject metadata) {
        JsonObject client = registering().registered(Registering.INITIAL_TOKEN, metadata);
        return new RelyingParty(caller, client.getString("client_id"), null, false, PlanServer.DECLARED, null, KEY);
    }

    private Registering registering() {
        return new Registering(caller, "");
    }
}
