package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.BootstrapClient;
import io.gatehouse.common.config.BootstrapConfig;
import io.gatehouse.common.config.BootstrapTenant;
import io.gatehouse.common.config.BootstrapUser;
import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.JwtAppConfig;
import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.TrustedIssuerConfig;
import io.gatehouse.common.model.ProfileValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoDataTest {
    private final BootstrapConfig demo = ConfigLoader.parse(DemoData.yaml()).bootstrap();

    @Test
    void theTenantIsTheDocumentedOne() {
        BootstrapTenant tenant = demo.tenants().getFirst();
        assertThat(tenant.id()).isEqualTo("main");
        assertThat(tenant.apikey()).isEqualTo("2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11");
        assertThat(tenant.administrator()).isEqualTo("admin");
        assertThat(tenant.mailUrls()).isEmpty();
        assertThat(tenant.mailTemplates()).isEmpty();
        assertThat(tenant.trustedIssuers())
                .extracting(TrustedIssuerConfig::issuer)
                .containsExactly("https://partner.example.org");
        assertThat(tenant.registration()).isNull();
        assertThat(demo.tenants()).hasSize(1);
    }

    @Test
    void theConfidentialClientMayDoAllThereIs() {
        BootstrapClient client = demo.clients().getFirst();
        assertThat(client.clientId()).isEqualTo("demo");
        assertThat(client.clientSecret()).isNotNull();
        assertThat(client.clientSecret().reveal()).isEqualTo("demo-secret-0123456789abcdef0123456789");
        assertThat(client.redirectUris()).containsExactly("http://127.0.0.1:9999/callback");
        assertThat(client.postLogoutRedirectUris()).containsExactly("http://127.0.0.1:9999/");
        assertThat(client.grantTypes())
                .containsExactlyInAnyOrder(
                        "authorization_code",
                        "refresh_token",
                        "client_credentials",
                        "urn:ietf:params:oauth:grant-type:device_code");
    }

    @Test
    void thePublicClientHasNoSecret() {
        BootstrapClient client = demo.clients().get(1);
        assertThat(client.clientId()).isEqualTo("demo-spa");
        assertThat(client.confidential()).isFalse();
        assertThat(client.redirectUris()).containsExactly("http://127.0.0.1:9999/callback");
        assertThat(client.postLogoutRedirectUris()).containsExactly("http://127.0.0.1:9999/");
        assertThat(client.requirePkce()).isTrue();
    }

    @Test
    void theServiceMayExchangeTokens() {
        BootstrapClient client = demo.clients().get(2);
        assertThat(client.clientId()).isEqualTo("demo-service");
        assertThat(client.tokenExchange()).isNotNull();
        assertThat(client.tokenExchange().subjectClients()).containsExactly("demo");
        assertThat(demo.clients()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "0, admin, admin-demo-password, admin@example.org, +15550100, E-1",
        "1, ada, ada-demo-password, ada@example.org, +15550101, E-2",
    })
    void theUsersAreTheDocumentedOnes(
            int index, String username, String password, String email, String phone, String employeeId) {
        BootstrapUser user = demo.users().get(index);
        assertThat(user.username()).isEqualTo(username);
        assertThat(user.password()).isNotNull();
        assertThat(user.password().reveal()).isEqualTo(password);
        assertThat(user.email()).isEqualTo(email);
        assertThat(user.emailVerified()).isTrue();
        assertThat(user.phone()).isEqualTo(phone);
        assertThat(user.phoneVerified()).isTrue();
        assertThat(user.employeeId()).isEqualTo(employeeId);
        assertThat(demo.users()).hasSize(2);
    }

    @Test
    void theJwtAppIsTheDocumentedOne() {
        assertThat(demo.jwtApps())
                .containsExactly(new JwtAppConfig(
                        "main",
                        "dev-dummy-app",
                        "HS256",
                        SecretValue.of("demo-jwt-app-secret-0123456789abcdef"),
                        600,
                        null,
                        List.of(),
                        Map.of("email", "Email[0].Value", "name", "FullName"),
                        Map.of(),
                        false));
    }

    @Test
    void theJwtAppMapsValuesThatThereAre() {
        assertThat(demo.jwtApps().getFirst().mapping().values())
                .allSatisfy(path -> assertThat(ProfileValue.parse(path)).isNotNull());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "localhost, ::1", "127.0.0.2, localhost"})
    void loopbackIsFine(String server, String management) {
        assertThatCode(() -> DemoData.check(listening(server, management))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 127.0.0.1, server.host", "127.0.0.1, 10.0.0.1, management.host", "'::', '::', server.host"})
    void whatOthersCanReachIsRefused(String server, String management, String key) {
        assertThatThrownBy(() -> DemoData.check(listening(server, management)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(key);
    }

    private static GatehouseConfig listening(String server, String management) {
        return ConfigLoader.parse("issuer: https://login.example.org\nserver: {host: '" + server
                + "'}\nmanagement: {host: '" + management + "'}\n");
    }
}
