package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.Registering.INITIAL_TOKEN;
import static io.gatehouse.deploy.flow.Registering.metadata;
import static io.gatehouse.deploy.flow.Registering.sentBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.Tenant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was registered is read, changed and deleted by its own token. */
class Rfc7592Test {
    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            limits: {registrations_per_address: off}
            bootstrap:
              tenants:
                - id: main
                  registration:
                    mode: open
                    initial_access_tokens: [%s]
              clients:
                - {client_id: declared, token_endpoint_auth_method: none, redirect_uris: ["%s"], scope: openid}
              users:
                - {username: ada, password: %s, name: Ada Lovelace}
            """.formatted(INITIAL_TOKEN, CodeFlow.REDIRECT_URI, RunningNode.ADA_PASSWORD));

    private Registering open = new Registering(NODE.caller(), "");

    @Test
    @DisplayName("RFC 7592, 2.1 and 3: reading gives what is registered, with the token and the URI of it")
    void read() {
        JsonObject client = open.registered(null, metadata());
        Answer answer = open.get(client);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json()).isEqualTo(client);
    }

    @Test
    @DisplayName("RFC 7592, 2.1: a secret is told once")
    void aSecretIsToldOnce() {
        JsonObject client = open.registered(null, withSecret());
        assertThat(client.getString("client_secret")).isNotEmpty();
        JsonObject read = open.get(client).json();
        assertThat(read.containsKey("client_secret")).isFalse();
        assertThat(read.getLong("client_secret_expires_at")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    @DisplayName("RFC 7592, 2: without the client's own token nothing works, whether there is the client or not")
    void itsOwnToken(String method) {
        JsonObject client = open.registered(null, metadata());
        JsonObject other = open.registered(null, metadata());
        for (String id : new String[] {client.getString("client_id"), "declared", "nobody", "gatehouse.login"}) {
            String path = Registering.PATH + "/" + id;
            for (String token :
                    new String[] {other.getString("registration_access_token"), INITIAL_TOKEN, "x", "x".repeat(5000)}) {
                Answer answer = NODE.caller()
                        .send(
                                method,
                                path,
                                metadata().put("client_id", id).encode(),
                                "Authorization",
                                "Bearer " + token,
                                "Content-Type",
                                "application/json");
                assertThat(answer.error()).isEqualTo("401 invalid_token");
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ");
            }
            Answer without = NODE.caller().send(method, path);
            assertThat(without.status()).isEqualTo(401);
            assertThat(without.header("WWW-Authenticate")).startsWith("Bearer ").doesNotContain("DPoP");
        }
        assertThat(open.get(client).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 7592, 2.2: what is sent back whole stays; what is left out is gone")
    void replaceReplacesAll() {
        JsonObject client = open.registered(
                null, metadata().put("client_uri", "https://boat.example.org/").put("scope", "openid email"));
        Answer same = open.put(client, sentBack(client));
        assertThat(same.status()).as(same.body()).isEqualTo(200);
        assertThat(same.json()).isEqualTo(client);
        JsonObject changed = open.put(
                        client,
                        metadata()
                                .put("client_id", client.getString("client_id"))
                                .put("client_name", "Steam Boat"))
                .json();
        assertThat(changed.getString("client_name")).isEqualTo("Steam Boat");
        assertThat(changed.containsKey("client_uri")).isFalse();
        assertThat(changed.getString("scope")).isEqualTo("openid profile email offline_access");
        assertThat(changed.getString("registration_access_token"))
                .isEqualTo(client.getString("registration_access_token"));
        assertThat(open.get(client).json()).isEqualTo(changed);
    }

    @Test
    @DisplayName("RFC 7592, 2.2: client_id must be sent, and be the client's")
    void replaceNamesTheClient() {
        JsonObject client = open.registered(null, metadata());
        assertThat(open.put(client, metadata()).error()).isEqualTo("400 invalid_client_metadata");
        assertThat(open.put(client, metadata().put("client_id", "declared")).error())
                .isEqualTo("400 invalid_client_metadata");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registration_access_token",
                "registration_client_uri",
                "client_secret_expires_at",
                "client_id_issued_at"
            })
    @DisplayName("RFC 7592, 2.2: what the server says must not be sent back")
    void replaceSendsNothingOfOurs(String name) {
        JsonObject client = open.registered(null, withSecret());
        assertThat(open.put(client, sentBack(client).put(name, client.getValue(name)))
                        .error())
                .isEqualTo("400 invalid_client_metadata");
    }

    @Test
    @DisplayName("RFC 7592, 2.2: a client_secret that is sent must be the client's own")
    void replaceShowsTheSecret() {
        JsonObject client = open.registered(null, withSecret());
        assertThat(open.put(client, sentBack(client).put("client_secret", "x".repeat(43)))
                        .error())
                .isEqualTo("400 invalid_client_metadata");
        Answer kept = open.put(client, sentBack(client));
        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        assertThat(kept.json().containsKey("client_secret")).as("it stays").isFalse();
        assertThat(flow(client).tokens(person(), "openid").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 7592, 2.2: a client that needs another secret than it has is told one")
    void replaceMayMakeASecret() {
        JsonObject client = open.registered(null, metadata());
        JsonObject confidential = open.put(
                        client, sentBack(client).put("token_endpoint_auth_method", "client_secret_basic"))
                .json();
        assertThat(confidential.getString("client_secret")).isNotEmpty();
        assertThat(flow(confidential).tokens(person(), "openid").status()).isEqualTo(200);
        JsonObject unsealed = sentBack(confidential);
        unsealed.remove("client_secret");
        JsonObject signing = open.put(client, unsealed.put("id_token_signed_response_alg", "HS256"))
                .json();
        assertThat(signing.getString("client_secret")).isNotEqualTo(confidential.getString("client_secret"));
        assertThat(flow(signing).tokens(person(), "openid").text("id_token")).isNotEmpty();
        Answer again = open.put(client, sentBack(signing));
        assertThat(again.json().containsKey("client_secret")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_credentials", "urn:ietf:params:oauth:grant-type:device_code"})
    @DisplayName("RFC 7592, 2.2: a change is checked as a registration is")
    void replaceIsCheckedAsRegistration(String grant) {
        JsonObject client = open.registered(null, withSecret());
        JsonObject greedy = sentBack(client)
                .put("grant_types", new JsonArray().add("authorization_code").add(grant));
        assertThat(open.put(client, greedy).error()).isEqualTo("400 invalid_client_metadata");
        assertThat(open.put(client, sentBack(client).put("redirect_uris", new JsonArray().add("javascript:x")))
                        .error())
                .isEqualTo("400 invalid_redirect_uri");
        JsonObject reduced =
                open.put(client, sentBack(client).put("scope", "openid admin")).json();
        assertThat(reduced.getString("scope")).isEqualTo("openid");
        JsonObject trusted = open.registered(INITIAL_TOKEN, withSecret());
        assertThat(open.put(
                                trusted,
                                sentBack(trusted)
                                        .put(
                                                "grant_types",
                                                new JsonArray()
                                                        .add("authorization_code")
                                                        .add(grant)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 7592, 2.3: deleting is 204, and ends everything that the client was given")
    void delete() {
        JsonObject client = open.registered(null, withSecret());
        Answer tokens = flow(client).tokens(person(), "openid offline_access");
        assertThat(flow(client).userinfo(tokens.text("access_token")).status()).isEqualTo(200);
        assertThat(open.delete(client).status()).isEqualTo(204);
        assertThat(flow(client).userinfo(tokens.text("access_token")).status()).isEqualTo(401);
        assertThat(flow(client).refresh(tokens.text("refresh_token")).error()).isEqualTo("401 invalid_client");
        assertThat(open.get(client).error()).isEqualTo("401 invalid_token");
        assertThat(open.delete(client).error()).isEqualTo("401 invalid_token");
        assertThat(person().open(flow(client).request("openid")).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 7592, 2.1 and 2.2: a token revives no client that the operator disabled")
    void aDisabledClientStaysDisabled() {
        JsonObject client = open.registered(null, withSecret());
        NODE.change(store -> store.clients().disable(Tenant.MAIN, client.getString("client_id"), Instant.now()));
        open = new Registering(NODE.caller(), "");
        assertThat(open.get(client).error()).isEqualTo("403 access_denied");
        assertThat(open.put(client, sentBack(client)).error()).isEqualTo("403 access_denied");
        assertThat(open.delete(client).error()).isEqualTo("403 access_denied");
        assertThat(person().open(flow(client).request("openid")).status()).isEqualTo(400);
    }

    private static JsonObject withSecret() {
        return metadata().put("token_endpoint_auth_method", "client_secret_basic");
    }

    private static CodeFlow flow(JsonObject client) {
        return new CodeFlow(NODE.caller(), client.getString("client_id"), client.getString("client_secret"));
    }

    private static Person person() {
        return new Person(NODE.address());
    }
}
