package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.model.Branding;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What configuration as code says for OpenID Connect reaches the store. */
class OpenIdBootstrapTest {
    private static final String SECRET = "web-secret-0123456789abcdef0123456789";

    private static Client declared(String rest) {
        String client = TokenNode.CONFIG + "bootstrap: {clients: [{client_id: web, client_secret: " + SECRET
                + ", grant_types: [refresh_token]" + rest + "}]}";
        try (TokenNode node = new TokenNode(client, new StoreStandIn())) {
            TokenNode.await(node.role.bootstrap(node.bus));
            return Objects.requireNonNull(node.store.clients.get("web"));
        }
    }

    private static Map<String, Tenant> tenants(String... flow) {
        String tenants = TokenNode.CONFIG + "bootstrap: {tenants: [" + String.join(", ", flow) + "]}";
        try (TokenNode node = new TokenNode(tenants, new StoreStandIn())) {
            TokenNode.await(node.role.bootstrap(node.bus));
            return Map.copyOf(node.store.tenants);
        }
    }

    /** Else the first start of this build would write every client anew. */
    @Test
    void whoRegistersNothingIsWhatItWas() {
        assertThat(declared("").openId()).isNull();
        assertThat(declared(", id_token_signed_response_alg: RS256").openId()).isNull();
    }

    @Test
    void everyKeyArrives() {
        assertThat(declared("""
                        , id_token_signed_response_alg: ES256, userinfo_signed_response_alg: EdDSA, default_max_age: 3600,
                        require_auth_time: true, post_logout_redirect_uris: ["https://app.example.org/bye"],
                        backchannel_logout_uri: "https://app.example.org/logout", backchannel_logout_session_required: true,
                        policy_uri: "https://app.example.org/privacy", tos_uri: "https://app.example.org/terms",
                        subject_type: pairwise, sector_identifier_uri: "https://sector.example.org/apps.json\"""").openId())
                .isEqualTo(new OpenIdRegistration(
                        IdTokenAlgorithm.ES256,
                        IdTokenAlgorithm.EDDSA,
                        null,
                        3600,
                        true,
                        List.of("https://app.example.org/bye"),
                        "https://app.example.org/logout",
                        true,
                        "https://app.example.org/privacy",
                        "https://app.example.org/terms",
                        "sector.example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id_token_signed_response_alg",
                "userinfo_signed_response_alg",
                "authorization_signed_response_alg",
            })
    void theSecretTravelsSealedWhereSomethingIsSignedByIt(String key) {
        Client client = declared(", " + key + ": HS256");

        Sealed secret = client.registration().secret();
        assertThat(secret).isNotNull();
        assertThat(secret.box().utf8()).doesNotContain(SECRET);
        assertThat(client.toString()).doesNotContain(SECRET);
    }

    @Test
    void aTenantIsBrandedByAnyPartOfIt() {
        Map<String, Tenant> tenants = tenants(
                "{id: main}",
                "{id: acme, name: Acme, logo_uri: \"https://acme.example.org/logo.svg\", color: \"#1F5FBF\"}",
                "{id: shop, color: \"#000000\"}");

        assertThat(branding(tenants, "main")).isNull();
        assertThat(branding(tenants, "acme"))
                .isEqualTo(new Branding("Acme", "https://acme.example.org/logo.svg", "#1f5fbf"));
        assertThat(branding(tenants, "shop")).isEqualTo(new Branding(null, null, "#000000"));
    }

    private static @Nullable Branding branding(Map<String, Tenant> tenants, String id) {
        return Objects.requireNonNull(tenants.get(id)).branding();
    }
}
