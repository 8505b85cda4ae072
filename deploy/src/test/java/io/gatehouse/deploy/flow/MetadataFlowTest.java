package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 8414 and RFC 7517, and the health of the node. */
class MetadataFlowTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();

    @Test
    void metadataSaysWhatWorks() {
        Answer answer = caller.get("/.well-known/oauth-authorization-server", null);
        JsonObject metadata = answer.json();
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(metadata.getString("issuer")).isEqualTo(caller.base().toString());
        assertThat(metadata.getJsonArray("grant_types_supported")).contains("client_credentials", "refresh_token");
        assertThat(metadata.getJsonArray("grant_types_supported")).doesNotContain("password");
        assertThat(caller.get("/.well-known/openid-configuration", null).body()).isEqualTo(answer.body());
    }

    @Test
    void everyEndpointItNamesAnswers() {
        JsonObject metadata =
                caller.get("/.well-known/oauth-authorization-server", null).json();
        metadata.forEach(member -> {
            if (member.getKey().endsWith("_endpoint") || member.getKey().equals("jwks_uri")) {
                String path = member.getValue()
                        .toString()
                        .substring(caller.base().toString().length());
                assertThat(caller.get(path, null).status()).as(member.getKey()).isNotEqualTo(404);
            }
        });
    }

    @Test
    void keysArePublicAndMayBeKeptForAWhile() {
        Answer answer = caller.get("/oauth2/jwks", null);
        JsonObject key = answer.json().getJsonArray("keys").getJsonObject(0);
        assertThat(key.getString("kty")).isEqualTo("EC");
        assertThat(key.getString("alg")).isEqualTo("ES256");
        assertThat(key.getString("use")).isEqualTo("sig");
        assertThat(key.containsKey("d")).isFalse();
        assertThat(answer.header("Cache-Control")).startsWith("public, max-age=");
    }

    @Test
    void otherTenantsDoNotExistHere() {
        for (String path : new String[] {
            "/t/nobody/oauth2/jwks",
            "/t/main/oauth2/jwks",
            "/t//oauth2/jwks",
            "/.well-known/oauth-authorization-server/t/nobody",
            "/t/nobody/.well-known/openid-configuration"
        }) {
            assertThat(caller.get(path, null).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aHeadIsAGetWithoutBody() {
        Answer answer = caller.send("HEAD", "/oauth2/jwks");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void theManagementListenerTellsHowThePartsAre() {
        assertThat(NODE.management().get("/health/live", null).status()).isEqualTo(200);
        Answer ready = NODE.management().get("/health/ready", null);
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.body())
                .contains("store", "token", "gateway", NODE.backEnd().kind());
        assertThat(caller.get("/health/ready", null).status()).isEqualTo(404);
    }
}
