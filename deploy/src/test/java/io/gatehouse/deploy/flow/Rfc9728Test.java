package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.ConfigLoader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9728 demands of the metadata of protected resources. */
class Rfc9728Test {
    private static final String ISSUER = "http://127.0.0.1:18080";
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");

    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            resources:
              - resource: %1$s/orders/v1
                resource_name: Orders
                resource_documentation: https://docs.example.org/orders
                scopes_supported: [orders.read, orders.write]
                dpop_bound_access_tokens_required: true
                dpop_signing_alg_values_supported: [ES256]
              - {resource: %1$s/bare, bearer_methods_supported: []}
              - {resource: %1$s/t/shop/stock, tenant: shop}
              - {resource: "https://elsewhere.example.org/api"}
            bootstrap:
              tenants: [{id: shop}]
            """.formatted(ISSUER)).with("issuer", ISSUER);

    private final Caller caller = NODE.caller();

    private JsonObject metadata(String path) {
        Answer answer = caller.get(path, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    @DisplayName("RFC 9728, 2: the metadata has the resource and says whose tokens it takes")
    void theMetadataHasTheResource() {
        JsonObject orders = metadata(WELL_KNOWN + "/orders/v1");
        assertThat(orders)
                .isEqualTo(new JsonObject()
                        .put("resource", ISSUER + "/orders/v1")
                        .put("authorization_servers", new JsonArray().add(ISSUER))
                        .put("resource_name", "Orders")
                        .put("resource_documentation", "https://docs.example.org/orders")
                        .put("scopes_supported", new JsonArray(List.of("orders.read", "orders.write")))
                        .put("bearer_methods_supported", new JsonArray().add("header"))
                        .put("dpop_bound_access_tokens_required", true)
                        .put("dpop_signing_alg_values_supported", new JsonArray().add("ES256"))
                        .put("tls_client_certificate_bound_access_tokens", false));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/oauth2/userinfo, /oauth2/userinfo",
        "/orders/v1, /orders/v1",
        "/t/shop, /t/shop",
        "/t/shop/oauth2/userinfo, /t/shop/oauth2/userinfo",
        "/t/shop/stock, /t/shop/stock"
    })
    @DisplayName(
            "RFC 9728, 3.1 and 3.3: the well-known part stands before the path of the resource, which the metadata repeats")
    void theWellKnownPartStandsBeforeThePath(String inserted, String path) {
        JsonObject metadata = metadata(WELL_KNOWN + inserted);
        assertThat(metadata.getString("resource")).isEqualTo(ISSUER + path);
        String issuer = path.startsWith("/t/shop") ? ISSUER + "/t/shop" : ISSUER;
        assertThat(metadata.getJsonArray("authorization_servers")).containsExactly(issuer);
    }

    @Test
    @DisplayName("RFC 9728, 3.2: it comes as JSON, by GET, with 200")
    void itComesAsJson() {
        Answer answer = caller.send("GET", WELL_KNOWN, "", "Origin", "https://app.example.org");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(caller.send("POST", WELL_KNOWN).status()).isEqualTo(405);
    }

    @Test
    @DisplayName("RFC 9728, 3.2: what has no values is left out")
    void whatHasNoValuesIsLeftOut() {
        assertThat(metadata(WELL_KNOWN + "/bare").fieldNames())
                .containsExactlyInAnyOrder(
                        "resource",
                        "authorization_servers",
                        "dpop_bound_access_tokens_required",
                        "tls_client_certificate_bound_access_tokens");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/orders",
                "/orders/v1/",
                "/t/shop/orders/v1",
                "/t/nobody",
                "/t/nobody/oauth2/userinfo",
                "/oauth2/token",
                "/orders/v1/t/shop"
            })
    @DisplayName("RFC 9728, 3.3: of a resource that is not here, or another tenant's, there is none")
    void ofOtherResourcesThereIsNone(String path) {
        assertThat(caller.get(WELL_KNOWN + path, null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"'', Bearer x", "'', ", "/t/shop, Bearer x", "/t/shop, ", "'', DPoP x"})
    @DisplayName("RFC 9728, 5.1 and 3.3: a challenge says where the metadata of the URL that was called is")
    void aChallengeSaysWhereTheMetadataIs(String tenant, String authorization) {
        String called = tenant + "/oauth2/userinfo";
        Answer refused = caller.get(called, authorization);
        assertThat(refused.status()).isEqualTo(401);
        List<String> challenges = refused.headers().allValues("WWW-Authenticate");
        assertThat(challenges).isNotEmpty().allSatisfy(challenge -> {
            Matcher found = METADATA.matcher(challenge);
            assertThat(found.find()).as(challenge).isTrue();
            assertThat(found.group(1)).startsWith(ISSUER + WELL_KNOWN);
            assertThat(metadata(found.group(1).substring(ISSUER.length())).getString("resource"))
                    .isEqualTo(ISSUER + called);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "http://orders.example.org, is neither https",
        "https://orders.example.org/#a, has a user (@) or a fragment",
        "https://orders.example.org/?a=b, has a query",
        "orders, is no URL to call"
    })
    @DisplayName("RFC 9728, 1.2: a resource is an https URL without fragment")
    void aResourceIsAnHttpsUrl(String resource, String why) {
        assertThatThrownBy(() -> ConfigLoader.parse("resources: [{resource: \"" + resource + "\"}]"))
                .hasMessageContaining("resources[0].resource")
                .hasMessageContaining(why);
    }
}
