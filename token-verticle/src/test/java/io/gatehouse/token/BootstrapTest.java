package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.PkceDemand;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.common.model.VerificationKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final String SECRET = "web-secret-0123456789abcdef0123456789";
    private static final String LOGIN_KEY = "jwt-login-key-0123456789abcdef0123456789";
    private static final String YAML = TokenNode.CONFIG + """
            bootstrap:
              tenants:
                - {id: main, apikey: 2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11, administrator: admin,
                   mail_urls: ["https://shop.example.org/verify"], mail_templates: [welcome]}
                - {id: acme}
              clients:
                - client_id: web
                  client_secret: web-secret-0123456789abcdef0123456789
                  client_name: Web shop
                  redirect_uris: ["http://127.0.0.1:9999/callback"]
                  grant_types: [authorization_code, refresh_token, client_credentials]
                  scope: openid profile api
                  access_token_signed_response_alg: PS256
                  rotate_refresh_tokens: false
                  require_pkce: true
                  jwt_login: {key: jwt-login-key-0123456789abcdef0123456789, allow_administrator: true,
                              source_networks: [192.0.2.0/24]}
                - {client_id: spa, token_endpoint_auth_method: none, redirect_uris: ["http://127.0.0.1/cb"], tenant: acme}
              users:
                - {username: ada, password: "correct horse battery staple", name: Ada Lovelace, email: ada@example.org,
                   email_verified: true, phone: "+15550100", employee_id: E-1001, roles: [editor]}
                - {username: bob, disabled: true, tenant: acme}
              jwt_apps:
                - {name: shop, secret: shop-secret-0123456789abcdef0123456789, mapping: {mail: "Email[0].Value"}}
            """;

    private final CapturedLog log = new CapturedLog("io.gatehouse.token");

    @Test
    void bootstrap_declaresTenantsClientsAndUsers() {
        try (log;
                TokenNode node = new TokenNode(YAML, new StoreStandIn())) {
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(node.store.tenants)
                    .containsOnlyKeys("main", "acme")
                    .containsEntry(
                            "main",
                            new Tenant(
                                    "main",
                                    "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11",
                                    "admin",
                                    0,
                                    List.of("https://shop.example.org/verify"),
                                    List.of("welcome")));
            client(node.store.clients.get("web"));
            Client spa = Objects.requireNonNull(node.store.clients.get("spa"));
            assertThat(spa.isPublic()).isTrue();
            assertThat(spa.tenant()).isEqualTo("acme");
            assertThat(spa.secretDigests()).isEmpty();
            assertThat(spa.declaredSecret()).isNull();
            assertThat(spa.jwtLogin()).isNull();
            assertThat(spa.pkce()).isNull();
            user(Objects.requireNonNull(node.store.users.get("ada")));
            Users.Declare bob = Objects.requireNonNull(node.store.users.get("bob"));
            assertThat(bob.password()).isNull();
            assertThat(bob.profile().state()).isEqualTo(UserState.DEACTIVATED);
            assertThat(bob.profile().phoneVerified()).as("without a number").isFalse();
        }
    }

    private static void client(Client web) {
        assertThat(web.tenant()).isEqualTo("main");
        assertThat(web.clientName()).isEqualTo("Web shop");
        assertThat(web.authMethod()).isEqualTo(AuthMethod.CLIENT_SECRET_BASIC);
        assertThat(web.accepts(Secret.of(SECRET))).isTrue();
        assertThat(web.declaredSecret()).isEqualTo(Digest.of(SECRET));
        assertThat(web.redirectUris()).containsExactly("http://127.0.0.1:9999/callback");
        assertThat(web.grantTypes()).containsExactly("authorization_code", "refresh_token", "client_credentials");
        assertThat(web.responseTypes()).containsExactly("code");
        assertThat(web.scope()).isEqualTo(Scope.parse("openid profile api"));
        assertThat(web.accessTokenAlgorithm()).isEqualTo(SigningAlgorithm.PS256);
        assertThat(web.rotatesRefreshTokens()).isFalse();
        assertThat(web.disabled()).isFalse();
        assertThat(web.pkce()).isEqualTo(PkceDemand.ALWAYS);
        jwtLogin(Objects.requireNonNull(web.jwtLogin()));
        assertThat(web.createdAt()).isEqualTo(TokenNode.NOW);
    }

    private static void jwtLogin(JwtLogin login) {
        assertThat(login.algorithm()).isEqualTo("HS256");
        assertThat(login.keyDigest()).isEqualTo(ClientKeys.digest(Secret.of(LOGIN_KEY)));
        assertThat(login.keyDigest())
                .as("not to be compared with a client secret's")
                .isNotEqualTo(Digest.of(LOGIN_KEY));
        assertThat(login.toString()).doesNotContain(LOGIN_KEY);
        assertThat(login.allowUndated()).isFalse();
        assertThat(login.allowAdministrator()).isTrue();
        assertThat(login.requireSignedSelector()).isFalse();
        assertThat(login.container()).isEqualTo("payload");
        assertThat(login.selectors())
                .containsOnly(
                        Map.entry("email", LoginName.Kind.EMAIL),
                        Map.entry("phone", LoginName.Kind.PHONE),
                        Map.entry("babelId", LoginName.Kind.EMPLOYEE_ID));
        assertThat(login.sourceNetworks()).containsExactly("192.0.2.0/24");
    }

    private static void user(Users.Declare declared) {
        UserProfile ada = declared.profile();
        assertThat(UUID.fromString(ada.subject()).version()).isEqualTo(4);
        assertThat(ada.name()).isEqualTo("Ada Lovelace");
        assertThat(ada.email()).isEqualTo("ada@example.org");
        assertThat(ada.emailVerified()).isTrue();
        assertThat(ada.phone()).isEqualTo("+15550100");
        assertThat(ada.phoneVerified()).isTrue();
        assertThat(ada.employeeId()).isEqualTo("E-1001");
        assertThat(ada.roles()).containsExactly("editor");
        assertThat(ada.state()).isEqualTo(UserState.ACTIVE);
        assertThat(declared.password()).isEqualTo(Secret.of("correct horse battery staple"));
    }

    @Test
    void bootstrap_twice_changesNothingTheSecondTime() {
        StoreStandIn store = new StoreStandIn();
        try (log;
                TokenNode node = new TokenNode(YAML, store)) {
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(log.lines())
                    .anyMatch(line -> line.endsWith(
                            "2 tenants, 2 clients, 2 users and 1 JWT apps are declared; 7 were new or changed"));
            UserProfile ada = Objects.requireNonNull(store.users.get("ada")).profile();
            List<VerificationKey> keys = node.keys("main").keys();
            log.clear();
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(log.lines())
                    .containsExactly("INFO bootstrap: 2 tenants, 2 clients, 2 users and 1 JWT apps are"
                            + " declared; 0 were new or changed");
            assertThat(Objects.requireNonNull(store.users.get("ada")).profile()).isEqualTo(ada);
            assertThat(node.keys("main").keys()).isEqualTo(keys);
        }
    }

    /** Elsewhere the digest is all that is kept. */
    @Test
    void bootstrap_sealsTheSecretsThatSign() {
        String yaml = TokenNode.CONFIG + """
                bootstrap:
                  clients:
                    - {client_id: plain, client_secret: %1$s, grant_types: [client_credentials]}
                    - {client_id: id, client_secret: %1$s, grant_types: [client_credentials],
                       id_token_signed_response_alg: HS256}
                    - {client_id: info, client_secret: %1$s, grant_types: [client_credentials],
                       userinfo_signed_response_alg: HS256}
                """.formatted(SECRET);
        try (log;
                TokenNode node = new TokenNode(yaml, new StoreStandIn())) {
            TokenNode.await(node.role.bootstrap(node.bus));
            ClientSecrets secrets = new ClientSecrets(AppSamples.MASTER_KEYS);
            assertThat(secrets.find(Objects.requireNonNull(node.store.clients.get("plain"))))
                    .isNull();
            byte[] mac = new ClientSecretKey(Secret.of(SECRET).value()).sign(new byte[3]);
            for (String id : List.of("id", "info")) {
                Client client = Objects.requireNonNull(node.store.clients.get(id));
                assertThat(Objects.requireNonNull(secrets.find(client)).sign(new byte[3]))
                        .isEqualTo(mac);
            }
        }
    }

    @Test
    void bootstrap_withoutTheDefaultTenant_keepsWhatAnEarlierOneSaidOfIt() {
        StoreStandIn store = new StoreStandIn();
        Tenant declared = new Tenant("main", "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11", "admin", 5);
        store.tenants.put("main", declared);
        try (TokenNode node = new TokenNode(TokenNode.CONFIG, store)) {
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(store.tenants).containsExactly(java.util.Map.entry("main", declared));
        }
    }

    @Test
    void bootstrap_reportsEveryFailureByItsPlace() {
        String yaml = TokenNode.CONFIG + """
                bootstrap:
                  users:
                    - {username: one, email: same@example.org}
                    - {username: two, email: same@example.org}
                    - {username: three, email: same@example.org}
                """;
        try (log;
                TokenNode node = new TokenNode(yaml, new StoreStandIn())) {
            assertThatThrownBy(() -> TokenNode.await(node.role.bootstrap(node.bus)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(
                            "bootstrap.users[1] (of tenant main) holds what another one has already: email")
                    .hasMessageContaining("bootstrap.users[2]")
                    .hasMessageNotContaining("same@example.org");
            assertThat(node.store.keys).containsKey("main");
        }
    }

    @Test
    void bootstrap_ofManyUsers_appliesThemAll() {
        StringBuilder yaml = new StringBuilder(TokenNode.CONFIG).append("bootstrap:\n  users:\n");
        for (int i = 0; i < 3_000; i++) {
            yaml.append("    - {username: user").append(i).append("}\n");
        }
        try (log;
                TokenNode node = new TokenNode(yaml.toString(), new StoreStandIn())) {
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(node.store.users).hasSize(3_000);
        }
    }

    @Test
    void bootstrap_logsNoPersonalDatumAndNoSecret() {
        try (log;
                TokenNode node = new TokenNode(YAML, new StoreStandIn())) {
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(String.join("\n", log.lines()))
                    .contains("bootstrap.clients[0] (web of tenant main) was new or changed")
                    .contains("bootstrap.users[0] (of tenant main) was new or changed");
            for (String planted :
                    List.of("ada", "Ada", "5550100", "E-1001", "horse", SECRET, LOGIN_KEY, "shop-secret", "2f9c9c1e")) {
                assertThat(String.join("\n", log.lines())).doesNotContain(planted);
            }
        }
    }
}
