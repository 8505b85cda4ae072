package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatehouseConfigTest {
    /** The example that users are shown, as far as this build knows its keys. */
    static final String EXAMPLE = """
            issuer: http://127.0.0.1:18080
            server:     {host: 127.0.0.1, port: 18080, trusted_proxies: []}
            management: {host: 127.0.0.1, port: 18081}
            roles:      [gateway, token, store]
            store:      {kind: embedded, path: ./data}
            tokens:     {access_ttl: PT10M, refresh_ttl: P30D, refresh_idle_ttl: P14D, code_ttl: PT1M,
                         refresh_replay_window: PT30S, default_audience: http://127.0.0.1:18080}
            limits:     {login_failures_per_account_and_address: 10/PT15M, login_failures_per_account: 100/PT15M,
                         login_attempts_per_address: 300/PT1M, password_hashing_queue: 32}
            revocation: {heartbeat: PT1S, staleness: PT30S}
            bootstrap:
              tenants:
                - {id: main, apikey: 2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11, administrator: admin}
              clients:
                - client_id: web
                  client_secret: web-secret-0123456789abcdef0123456789
                  client_name: Web shop
                  redirect_uris: ["http://127.0.0.1:9999/callback"]
                  grant_types: [authorization_code, refresh_token, client_credentials]
                  response_types: [code]
                  scope: openid profile email phone offline_access api
                  token_endpoint_auth_method: client_secret_basic
                  id_token_signed_response_alg: ES256
                  require_pkce: true
                  jwt_login: {key: jwt-login-key-0123456789abcdef0123456789, algorithm: HS256, allow_undated: false,
                              allow_administrator: true}
              users:
                - {username: ada, password: "correct horse battery staple", name: Ada Lovelace, email: ada@example.org,
                   email_verified: true, phone: "+15550100", employee_id: E-1001, roles: [editor]}
              jwt_apps:
                - {name: shop, algorithm: HS256, secret: shop-secret-0123456789abcdef0123456789, expires_in: 600,
                   audiences: [shop], mapping: {mail: "Email[0].Value", uid: Uid}, metadata: {plan: gold}}
            http_client: {allow: []}
            """;

    @Test
    void defaultsNeedNoFile() {
        GatehouseConfig config = parsed("");
        assertThat(config.issuer()).isNull();
        assertThat(config.roles()).containsExactly(Role.GATEWAY, Role.TOKEN, Role.STORE);
        assertThat(config.server())
                .isEqualTo(new ServerConfig(
                        "127.0.0.1",
                        8080,
                        List.of(),
                        65536,
                        16384,
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15),
                        10000,
                        0,
                        false,
                        null));
        assertThat(config.management()).isEqualTo(new ManagementConfig("127.0.0.1", 8081, null));
        assertThat(config.store()).isEqualTo(new StoreConfig(StoreConfig.Kind.EMBEDDED, Path.of("./data"), 4096));
        assertThat(config.keys().masterKey()).isNull();
        assertThat(config.bootstrap().isEmpty()).isTrue();
        assertThat(config.revocation()).isEqualTo(new RevocationConfig(Duration.ofSeconds(1), Duration.ofSeconds(30)));
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Format.TEXT, "info", false));
        assertThat(config.sessions()).isEqualTo(new SessionsConfig(Duration.ofDays(7), Duration.ofHours(12)));
        assertThat(config.httpClient().allow()).isEmpty();
    }

    @Test
    void defaultsOfTokensAndLimits() {
        GatehouseConfig config = parsed("# nothing");
        assertThat(config.tokens())
                .isEqualTo(new TokensConfig(
                        Duration.ofMinutes(10),
                        Duration.ofDays(30),
                        Duration.ofDays(14),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(90),
                        null,
                        "ES256",
                        "optional",
                        new FamiliesConfig(
                                new FamilyConfig(true, Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofDays(7)),
                                new BabelbirdConfig(
                                        true,
                                        Duration.ofHours(1),
                                        Duration.ofDays(30),
                                        Duration.ofDays(30),
                                        Duration.ofMinutes(5)),
                                new FamilyConfig(
                                        true, Duration.ofMinutes(15), Duration.ofDays(60), Duration.ofDays(60)))));
        assertThat(config.limits())
                .isEqualTo(new LimitsConfig(
                        new Rate(10, Duration.ofMinutes(15)),
                        new Rate(100, Duration.ofMinutes(15)),
                        new Rate(300, Duration.ofMinutes(1)),
                        32,
                        0,
                        new Rate(300, Duration.ofMinutes(1)),
                        new Rate(60, Duration.ofMinutes(1)),
                        new Rate(6000, Duration.ofMinutes(1)),
                        new Rate(10, Duration.ofMinutes(10)),
                        new Rate(300, Duration.ofMinutes(1)),
                        new Rate(6000, Duration.ofMinutes(1)),
                        new Rate(100, Duration.ofMinutes(10)),
                        new Rate(20, Duration.ofHours(1)),
                        new Rate(30, Duration.ofMinutes(10)),
                        new Rate(300, Duration.ofMinutes(1)),
                        new Rate(5, Duration.ofMinutes(15)),
                        new Rate(20, Duration.ofHours(1)),
                        new Rate(300, Duration.ofMinutes(1))));
    }

    @Test
    void mapsTheExampleWhole() {
        GatehouseConfig config = parsed(EXAMPLE);
        assertThat(config.issuer()).isEqualTo(URI.create("http://127.0.0.1:18080"));
        assertThat(config.server().port()).isEqualTo(18080);
        assertThat(config.management().port()).isEqualTo(18081);
        assertThat(config.tokens().defaultAudience()).isEqualTo("http://127.0.0.1:18080");
        assertThat(config.bootstrap().tenants())
                .containsExactly(new BootstrapTenant(
                        "main",
                        "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11",
                        "admin",
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        List.of(),
                        null));
        assertThat(config.bootstrap().clients())
                .containsExactly(new BootstrapClient(
                        "web",
                        SecretValue.of("web-secret-0123456789abcdef0123456789"),
                        "Web shop",
                        List.of("http://127.0.0.1:9999/callback"),
                        List.of("authorization_code", "refresh_token", "client_credentials"),
                        List.of("code"),
                        "openid profile email phone offline_access api",
                        "client_secret_basic",
                        "main",
                        null,
                        false,
                        null,
                        "ES256",
                        null,
                        null,
                        false,
                        List.of(),
                        null,
                        false,
                        null,
                        null,
                        "public",
                        null,
                        true,
                        false,
                        false,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        new JwtLoginConfig(
                                SecretValue.of("jwt-login-key-0123456789abcdef0123456789"),
                                "HS256",
                                false,
                                true,
                                false,
                                "payload",
                                "email",
                                "phone",
                                "babelId",
                                List.of()),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false));
        assertThat(config.bootstrap().users())
                .containsExactly(new BootstrapUser(
                        "ada",
                        SecretValue.of("correct horse battery staple"),
                        "Ada Lovelace",
                        "ada@example.org",
                        true,
                        "+15550100",
                        null,
                        "E-1001",
                        List.of("editor"),
                        "main",
                        false));
        assertThat(config.bootstrap().jwtApps())
                .containsExactly(new JwtAppConfig(
                        "main",
                        "shop",
                        "HS256",
                        SecretValue.of("shop-secret-0123456789abcdef0123456789"),
                        600,
                        null,
                        List.of("shop"),
                        Map.of("mail", "Email[0].Value", "uid", "Uid"),
                        Map.of("plan", "gold"),
                        false));
    }

    @Test
    void mapsEveryOtherKey() {
        GatehouseConfig config = parsed("""
                server: {trusted_proxies: [10.0.0.0/8, "::1"], max_body: 2048, max_header_size: 4096, idle_timeout: PT5S,
                         request_timeout: PT2S, stop_timeout: PT9S, max_connections: 7, event_loops: 3}
                store: {queue: 99, path: /srv/gatehouse}
                tokens:
                  refresh_replay_window: 0
                  signing_algorithm: EdDSA
                  families: {login: {enabled: false, access_ttl: PT1M, refresh_ttl: PT2H, refresh_idle_ttl: PT1H},
                             loginradius: {enabled: false, refresh_idle_ttl: P1D}}
                limits: {login_failures_per_account: off, login_attempts_per_address: 0, password_hashing_threads: 2,
                         undated_logins_per_client: 5/PT1S}
                sessions: {ttl: P30D, idle_ttl: P1D}
                http_client: {allow: [127.0.0.0/8, "::1"]}
                keys: {master_key: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}
                log: {format: json, level: warn, access: False}
                """);
        assertThat(config.server().trustedProxies()).containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1"));
        assertThat(config.server().maxBody()).isEqualTo(2048);
        assertThat(config.server().maxHeaderSize()).isEqualTo(4096);
        assertThat(config.server().idleTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.server().requestTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.server().stopTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.server().maxConnections()).isEqualTo(7);
        assertThat(config.server().eventLoopsOn(8)).isEqualTo(3);
        assertThat(config.store().queue()).isEqualTo(99);
        assertThat(config.tokens().refreshReplayWindow()).isZero();
        assertThat(config.tokens().signingAlgorithm()).isEqualTo("EdDSA");
        assertThat(config.tokens().families().login())
                .isEqualTo(new FamilyConfig(false, Duration.ofMinutes(1), Duration.ofHours(2), Duration.ofHours(1)));
        assertThat(config.tokens().families().loginradius())
                .isEqualTo(new FamilyConfig(false, Duration.ofMinutes(15), Duration.ofDays(60), Duration.ofDays(1)));
        assertThat(config.limits().undatedLoginsPerClient()).isEqualTo(new Rate(5, Duration.ofSeconds(1)));
        assertThat(config.limits().loginFailuresPerAccount()).isEqualTo(Rate.UNLIMITED);
        assertThat(config.limits().loginAttemptsPerAddress().unlimited()).isTrue();
        assertThat(config.limits().hashingThreadsOn(64)).isEqualTo(2);
        assertThat(config.sessions()).isEqualTo(new SessionsConfig(Duration.ofDays(30), Duration.ofDays(1)));
        assertThat(config.httpClient().allow()).containsExactly(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"));
        assertThat(config.keys().masterKeyBytes()).hasSize(32).startsWith(0, 1, 2);
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Format.JSON, "warn", false));
    }

    @Test
    void listsCannotBeChanged() {
        GatehouseConfig config = parsed(EXAMPLE);
        assertThatThrownBy(() -> config.roles().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config.bootstrap().clients().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() ->
                        config.bootstrap().clients().getFirst().grantTypes().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void threadsFollowTheMachineUnlessSet() {
        GatehouseConfig config = parsed("");
        assertThat(config.limits().hashingThreadsOn(1)).isEqualTo(1);
        assertThat(config.limits().hashingThreadsOn(8)).isEqualTo(4);
        assertThat(config.server().eventLoopsOn(8)).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:4711",
        "localhost, http://localhost:4711",
        "::1, 'http://[::1]:4711'",
    })
    void issuerFollowsALoopbackListener(String host, String issuer) {
        GatehouseConfig config = parsed("server: {host: \"" + host + "\", port: 0}");
        assertThat(config.issuerAt(4711)).isEqualTo(URI.create(issuer));
    }

    @Test
    void configuredIssuerWinsAndLosesItsFinalSlash() {
        GatehouseConfig config = parsed("issuer: https://login.example.org/\nserver: {host: 0.0.0.0}");
        assertThat(config.issuerAt(4711)).isEqualTo(URI.create("https://login.example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.org", // not loopback
                "http://localhost.example.org",
                "http://127.0.0.1.example.org",
                "http://127.1", // an address only to lenient readers
                "https://login.example.org?x=1",
                "https://login.example.org#x",
                "https://user@login.example.org",
                "https://login.example.org/a/../b",
                "HTTPS://login.example.org",
                "ftp://login.example.org",
                "login.example.org",
                "https:/login",
                "https://exa mple.org",
                "javascript:alert(1)",
                "x:/",
            })
    void issuerMustBeAProperUrl(String issuer) {
        assertThat(problem("issuer: \"" + issuer + "\"")).startsWith("issuer (YAML line 1): ");
    }

    @Test
    void issuerIsRequiredWhereItCannotBeKnown() {
        assertThat(problem("server: {host: 0.0.0.0}")).contains("issuer: is required because server.host (0.0.0.0)");
        assertThat(problem("roles: [token]")).contains("issuer: is required because this node doesn't run the gateway");
        assertThat(parsed("roles: [store]").runs(Role.TOKEN)).isFalse();
    }

    @Test
    void listenersNeedPortsOfTheirOwn() {
        assertThat(problem("management: {port: 8080}"))
                .contains("management.port")
                .startsWith("management.port (YAML line 1): is the same as server.port");
        assertThat(parsed("server: {port: 0}\nmanagement: {port: 0}").server().port())
                .isZero();
    }
}
