package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Somebody who registers clients.
 *
 * @param tenant prefix of the paths; empty: the default one's
 */
record Registering(Caller caller, String tenant) {
    static final String PATH = "/oauth2/register";
    static final String INITIAL_TOKEN = "initial-token-0123456789abcdef0123456789";

    /** What a public client of the authorization code flow tells of itself. */
    static JsonObject metadata() {
        return new JsonObject()
                .put("client_name", "Paper Boat")
                .put("redirect_uris", new JsonArray().add(CodeFlow.REDIRECT_URI))
                .put("grant_types", new JsonArray().add("authorization_code").add("refresh_token"))
                .put("token_endpoint_auth_method", "none");
    }

    /** @param token null: none is shown */
    Answer post(String token, JsonObject metadata) {
        return post(token, metadata.encode());
    }

    Answer post(String token, String body) {
        return caller.postJson(tenant + PATH, token == null ? null : "Bearer " + token, body);
    }

    /** What a registration that must work is told. */
    JsonObject registered(String token, JsonObject metadata) {
        Answer answer = post(token, metadata);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    Answer get(JsonObject client) {
        return send("GET", client, "");
    }

    Answer put(JsonObject client, JsonObject metadata) {
        return send("PUT", client, metadata.encode());
    }

    Answer delete(JsonObject client) {
        return send("DELETE", client, "");
    }

    private Answer send(String method, JsonObject client, String body) {
        return caller.send(
                method,
                tenant + PATH + "/" + client.getString("client_id"),
                body,
                "Authorization",
                "Bearer " + client.getString("registration_access_token"),
                "Content-Type",
                "application/json");
    }

    /** What was registered, as a client sends it back. */
    static JsonObject sentBack(JsonObject client) {
        JsonObject metadata = client.copy();
        for (String name : new String[] {
            "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at"
        }) {
            metadata.remove(name);
        }
        return metadata;
    }
}
