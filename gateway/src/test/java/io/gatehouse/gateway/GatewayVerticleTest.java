package io.gatehouse.gateway;

import static io.gatehouse.gateway.oauth.Tokens.claims;
import static io.gatehouse.gateway.oauth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard endpoints over HTTP: what goes in, what comes out. */
class GatewayVerticleTest {
    private static final String BASIC = "Authorization: Basic "
            + Base64.getEncoder().encodeToString(("web:" + Samples.SECRET).getBytes(StandardCharsets.US_ASCII));
    private final TestGateway gateway = new TestGateway();

    @BeforeEach
    void start() {
        gateway.node
                .on(
                        Clients.Find.class,
                        find -> find.clientId().equals("web")
                                ? Samples.found(Samples.serving("web", List.of(), true))
                                : new Clients.Found(null))
                .on(Issuer.Issue.class, issue -> Samples.issued(issue.scope()))
                .on(Revocations.DenyToken.class, deny -> new Revocations.Denied(List.of()));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static void assertError(RawReply reply, int status, String error) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.json().getString("error")).isEqualTo(error);
        assertThat(reply.json().getString("error_description")).isNotEmpty();
    }

    @Test
    void aTokenIsAnsweredByTheBook() {
        RawReply reply = gateway.postForm("/oauth2/token", "grant_type=client_credentials&scope=api", BASIC);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.header("pragma")).isEqualTo("no-cache");
        assertThat(reply.json())
                .isEqualTo(
                        new JsonObject(
                                "{\"access_token\":\"access-token\",\"token_type\":\"Bearer\",\"expires_in\":600,\"scope\":\"api\"}"));
    }

    @Test
    void anErrorIsAnsweredByTheBook() {
        assertError(gateway.postForm("/oauth2/token", "grant_type=client_credentials"), 401, "invalid_client");
        assertError(gateway.postForm("/oauth2/token", "grant_type=x", BASIC), 400, "unsupported_grant_type");
        assertError(gateway.postForm("/oauth2/token", "", BASIC), 400, "invalid_request");
        assertError(gateway.postForm("/oauth2/token", "a=1&a=2", BASIC), 400, "invalid_request");
        assertError(gateway.postJson("/oauth2/token", "{}", BASIC), 400, "invalid_request");
        assertError(gateway.get("/oauth2/token"), 405, "invalid_request");
        assertError(gateway.postForm("/t/nobody/oauth2/token", "grant_type=x", BASIC), 404, "not_found");
        gateway.node.failing(Issuer.Issue.class, new OAuthError.Unavailable("token"));
        assertError(
                gateway.postForm("/oauth2/token", "grant_type=client_credentials", BASIC),
                503,
                "temporarily_unavailable");
    }

    @Test
    void aTokenIsIntrospectedUntilItIsRevoked() {
        String token = signed(claims());
        RawReply reply = gateway.postForm("/oauth2/introspect", "token=" + token, BASIC);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.json().getBoolean("active")).isTrue();
        assertThat(reply.json().getString("token_type")).isEqualTo("Bearer");
        assertThat(reply.json().getString("aud")).isEqualTo(TestNode.ISSUER);
        assertThat(reply.json().getJsonArray("roles")).isEqualTo(new JsonArray(List.of("editor")));
        assertError(gateway.postForm("/oauth2/revoke", "token=" + token, BASIC), 400, "unauthorized_client");
        assertError(gateway.postForm("/oauth2/introspect", "token=" + token), 401, "invalid_client");
        assertError(gateway.postForm("/oauth2/introspect", "", BASIC), 400, "invalid_request");
    }

    @Test
    void anInactiveTokenTellsNothingElse() {
        RawReply reply = gateway.postForm("/oauth2/introspect", "token=nonsense&token_type_hint=x", BASIC);

        assertThat(reply.body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void aRevocationIsAnsweredWithAnEmpty200() {
        RawReply reply = gateway.postForm("/oauth2/revoke", "token=nonsense", BASIC);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertError(gateway.postForm("/oauth2/revoke", "token=nonsense"), 401, "invalid_client");
        assertError(gateway.postForm("/oauth2/revoke", "", BASIC), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/jwks", "/t/shop/oauth2/jwks"})
    void publicKeysArePublic(String path) {
        RawReply reply = gateway.get(path);

        assertThat(reply.header("cache-control")).isEqualTo("public, max-age=300");
        JsonObject key = reply.json().getJsonArray("keys").getJsonObject(0);
        assertThat(key.getString("kid")).isEqualTo("key-1");
        assertThat(key.fieldNames()).containsExactlyInAnyOrder("kty", "use", "crv", "kid", "x", "y", "alg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/t/shop/.well-known/oauth-authorization-server",
                "/.well-known/oauth-authorization-server/t/shop",
                "/t/shop/.well-known/openid-configuration",
                "/.well-known/openid-configuration/t/shop"
            })
    void everyTenantHasMetadataOfItsOwn(String path) {
        RawReply reply = gateway.get(path);

        assertThat(reply.json().getString("issuer")).isEqualTo(TestNode.ISSUER + "/t/shop");
        assertThat(reply.json().getString("token_endpoint")).isEqualTo(TestNode.ISSUER + "/t/shop/oauth2/token");
        assertThat(gateway.get(path.replace("shop", "nobody")).status()).isEqualTo(404);
        assertThat(gateway.get(path.replace("shop", "main")).status()).isEqualTo(404);
    }

    @Test
    void metadataPromisesOnlyWhatIsThere() {
        JsonObject metadata =
                gateway.get("/.well-known/oauth-authorization-server").json();

        assertThat(metadata.getString("issuer")).isEqualTo(TestNode.ISSUER);
        assertThat(metadata.getJsonArray("grant_types_supported"))
                .isEqualTo(new JsonArray(List.of(
                        "authorization_code",
                        "client_credentials",
                        "refresh_token",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "urn:ietf:params:oauth:grant-type:token-exchange")));
        for (String name : metadata.fieldNames()) {
            if (name.endsWith("_endpoint") || name.endsWith("_uri")) {
                String path = metadata.getString(name).substring(TestNode.ISSUER.length());
                assertThat(gateway.get(path).status()).as(path).isNotEqualTo(404);
            }
        }
    }

    @Test
    void theRoleIsReadyWhileItsListIsFresh() {
        assertThat(gateway.role().health().ready()).isTrue();
        assertThat(gateway.role().health().details()).containsKeys("revocation_head", "revocation_entries");
    }
}
