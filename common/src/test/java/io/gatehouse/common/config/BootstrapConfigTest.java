package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String KEY = "login-key-0123456789abcdef012345";

    private static String client(String rest) {
        return "bootstrap: {clients: [{client_id: web, " + rest + "}]}";
    }

    private static String confidential(String rest) {
        return client("client_secret: " + SECRET + ", " + rest);
    }

    private static String user(String rest) {
        return "bootstrap: {users: [{username: ada, " + rest + "}]}";
    }

    @Test
    void clientDefaultsFollowRfc7591() {
        BootstrapClient client = parsed(confidential("redirect_uris: [\"https://app.example.org/cb\"]"))
                .bootstrap()
                .clients()
                .getFirst();
        assertThat(client.grantTypes()).containsExactly("authorization_code");
        assertThat(client.responseTypes()).containsExactly("code");
        assertThat(client.tokenEndpointAuthMethod()).isEqualTo("client_secret_basic");
        assertThat(client.tenant()).isEqualTo("main");
        assertThat(client.confidential()).isTrue();
        assertThat(client.scopes()).isEmpty();
        assertThat(client.rotateRefreshTokens()).isNull();
    }

    @Test
    void aClientThatLogsUsersInByItsOwnJwtNeedsNoRedirect() {
        assertThat(parsed(confidential(
                                "grant_types: [authorization_code, refresh_token], jwt_login: {key: " + KEY + "}"))
                        .bootstrap()
                        .clients())
                .first()
                .satisfies(client -> assertThat(client.redirectUris()).isEmpty());
    }

    @Test
    void machineClientNeedsNoRedirect() {
        BootstrapClient client = parsed(confidential("grant_types: [client_credentials], scope: \" api  read api\""))
                .bootstrap()
                .clients()
                .getFirst();
        assertThat(client.responseTypes()).isEmpty();
        assertThat(client.scopes()).isEqualTo(List.of("api", "read"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant_types: [client_credentials]|client_secret|is required with client_secret_basic",
                "grant_types: [client_credentials], client_secret: short|client_secret|has 5 characters: give a secret of 32",
                "token_endpoint_auth_method: none, redirect_uris: ['a:/b'], client_secret: 0123456789abcdef0123456789abcdef"
                        + "|client_secret|belongs to no public client",
                "token_endpoint_auth_method: none, grant_types: [client_credentials]|grant_types|a public client can't have",
                "token_endpoint_auth_method: attest_jwt_client_auth, grant_types: [refresh_token]|token_endpoint_auth_method|give one of client_secret_basic",
            })
    void secretsAndMethodsMustFit(String rest, String key, String text) {
        assertThat(problem(client(rest)))
                .startsWith("bootstrap.clients[0]." + key + " ")
                .contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant_types: [password]|grant_types[0]|give one of authorization_code, refresh_token, client_credentials",
                "grant_types: []|grant_types|name at least one",
                "grant_types: [authorization_code]|redirect_uris|is required",
                "grant_types: [refresh_token], response_types: [code]|response_types|needs authorization_code",
                "grant_types: [refresh_token], response_types: [token]|response_types[0]|give nothing but code",
                "grant_types: [refresh_token], scope: 'a \"b'|scope|visible ASCII",
                "grant_types: [refresh_token], id_token_signed_response_alg: none|id_token_signed_response_alg|ES256",
                "grant_types: [refresh_token], require_pkce: maybe|require_pkce|true or false",
                "grant_types: [refresh_token], tenant: nowhere|NONE|names the tenant nowhere",
            })
    void grantsMustFit(String rest, String key, String text) {
        String path = key.equals("NONE") ? "bootstrap.clients " : "bootstrap.clients[0]." + key + " ";
        assertThat(problem(confidential(rest))).startsWith(path).contains(text);
    }

    @Test
    void jwtLoginIsBoundAsWritten() {
        JwtLoginConfig login = jwtLogin(
                "{key: jwt-login-key-0123456789abcdef0123456789, algorithm: HS256, allow_undated: false, allow_administrator: true}");
        assertThat(login)
                .isEqualTo(new JwtLoginConfig(
                        SecretValue.of("jwt-login-key-0123456789abcdef0123456789"),
                        "HS256",
                        false,
                        true,
                        false,
                        "payload",
                        "email",
                        "phone",
                        "babelId",
                        List.of()));
        assertThat(login.toString()).doesNotContain("jwt-login-key");
        assertThat(jwtLogin("{key: " + KEY + ", algorithm: HS512, require_signed_selector: true, container: data,"
                        + " email_claim: mail, source_networks: [192.0.2.0/24]}"))
                .returns("HS512", JwtLoginConfig::algorithm)
                .returns(true, JwtLoginConfig::requireSignedSelector)
                .returns("data", JwtLoginConfig::container)
                .returns("mail", JwtLoginConfig::emailClaim)
                .returns(1, bound -> bound.sourceNetworks().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope: api", "jwt_login:", "jwt_login: null"})
    void jwtLoginIsAbsentWhereNothingIsWritten(String rest) {
        assertThat(parsed(confidential("grant_types: [refresh_token], " + rest))
                        .bootstrap()
                        .clients())
                .first()
                .returns(null, BootstrapClient::jwtLogin);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{algorithm: HS512}|.key|is missing",
                "{}|.key|is missing",
                "[]|.key|is missing",
                "{key: }|.key|is empty",
                "{key: short}|.key|has 5 characters: give a secret of 32",
                "{key: " + KEY + ", algorithm: none}|.algorithm|HS256",
                "{key: " + KEY + ", algorithm: RS256}|.algorithm|HS256",
                "{key: " + KEY + ", email_claim: phone}|.email_claim|the same as another claim",
                "{key: " + KEY + ", source_networks: [nowhere]}|.source_networks[0]|nowhere",
                "{key: " + KEY + ", allow: true}|.allow|",
                "{key: " + SECRET + "}||uses the client's secret as its key",
            })
    void jwtLoginMustBeSafe(String section, @Nullable String key, @Nullable String text) {
        assertThat(problem(confidential("grant_types: [refresh_token], jwt_login: " + section)))
                .startsWith("bootstrap.clients[0].jwt_login" + (key == null ? "" : key) + " ")
                .contains(text == null ? "" : text)
                .doesNotContain(SECRET)
                .doesNotContain(KEY);
    }

    private static JwtLoginConfig jwtLogin(String section) {
        return parsed(confidential("grant_types: [refresh_token], jwt_login: " + section))
                .bootstrap()
                .clients()
                .getFirst()
                .jwtLogin();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/callback",
                "https://app.example.org/cb#fragment",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "DATA:text/html,x",
                "vbscript:x",
                "https:///callback",
                "https://good.example.org@evil.example.org/cb",
                "https://a b/",
            })
    void redirectUriMustBeAbsoluteAndHarmless(String uri) {
        assertThat(problem(confidential("redirect_uris: [\"" + uri + "\"]")))
                .startsWith("bootstrap.clients[0].redirect_uris[0] ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9999/callback", "https://app.example.org/cb?x=1", "com.example.app:/cb"})
    void redirectUriIsKeptLetterByLetter(String uri) {
        assertThat(parsed(confidential("redirect_uris: [\"" + uri + "\"]"))
                        .bootstrap()
                        .clients()
                        .getFirst()
                        .redirectUris())
                .containsExactly(uri);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password: short|password|has 5 characters: give a secret of 8 to 1024 characters",
                "email: ada|email|name@domain",
                "email: ada@@example.org|email|name@domain",
                "email: 'ada@exa mple.org'|email|name@domain",
                "phone: '0555'|phone|E.164",
                "phone: +15550100x|phone|E.164",
                "email_verified: true|email_verified|add the address",
                "phone_verified: true|phone_verified|add the number",
                "roles: ['']|roles[0]|is empty",
            })
    void usersMustBeWellFormed(String rest, String key, String text) {
        assertThat(problem(user(rest)))
                .startsWith("bootstrap.users[0]." + key + " ")
                .contains(text);
    }

    @Test
    void phoneNeedsNoQuotes() {
        // YAML 1.1 would make an integer of it
        assertThat(parsed(user("phone: +15550100, employee_id: 0123"))
                        .bootstrap()
                        .users())
                .first()
                .returns("+15550100", BootstrapUser::phone)
                .returns("0123", BootstrapUser::employeeId);
    }

    @Test
    void apikeysHaveNoCase() {
        BootstrapTenant tenant = parsed("bootstrap: {tenants: [{id: a, apikey: 01234567-89AB-CDEF-0123-456789ABCDEF}]}")
                .bootstrap()
                .tenants()
                .getFirst();
        assertThat(tenant.apikey()).isEqualTo("01234567-89ab-cdef-0123-456789abcdef");
        assertThat(problem("bootstrap: {tenants: [{id: a, apikey: 01234567-89AB-CDEF-0123-456789ABCDEF},"
                        + " {id: b, apikey: 01234567-89ab-cdef-0123-456789abcdef}]}"))
                .contains("gives two tenants the same apikey");
    }

    @Test
    void namesAreUniquePerTenant() {
        String twice = """
                bootstrap:
                  tenants: [{id: acme}, {id: acme}, {id: b, apikey: 01234567-89ab-cdef-0123-456789abcdef}, {id: c, apikey: 01234567-89ab-cdef-0123-456789abcdef}]
                  clients:
                    - {client_id: web, grant_types: [client_credentials], client_secret: %1$s}
                    - {client_id: web, grant_types: [client_credentials], client_secret: %1$s, tenant: acme}
                    - {client_id: web, grant_types: [client_credentials], client_secret: %1$s, tenant: acme}
                  users: [{username: ada}, {username: ADA}, {username: ada, tenant: acme}, {username: Bob, tenant: gone}]
                """.formatted(SECRET);
        assertThat(problems(twice))
                .containsExactlyInAnyOrder(
                        "bootstrap.tenants (YAML line 2): lists the tenant acme twice: keep one entry",
                        "bootstrap.tenants (YAML line 2): gives two tenants the same apikey: make another",
                        "bootstrap.clients (YAML line 4): lists the client_id web of tenant acme twice: keep one entry",
                        "bootstrap.users (YAML line 7): lists the username ada of tenant main twice: keep one entry",
                        "bootstrap.users (YAML line 7): names the tenant gone, which bootstrap.tenants doesn't list");
    }
}
