package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What JWT apps share with nothing else of the configuration. */
class JwtAppWallsTest {
    private static final String SECRET = "app-secret-0123456789abcdef01234";
    private static final String CLIENT_SECRET = "client-secret-0123456789abcdef01";
    private static final String LOGIN_KEY = "login-key-0123456789abcdef012345";

    /** With the tenant acme, and one client, web, in each tenant. */
    private static String config(String apps) {
        return """
                issuer: https://login.example.org/
                tokens: {default_audience: "https://api.example.org"}
                bootstrap:
                  tenants: [{id: acme}]
                  clients:
                    - {client_id: web, client_secret: %1$s, grant_types: [refresh_token], jwt_login: {key: %2$s}}
                    - {client_id: acme-web, client_secret: %1$s, grant_types: [refresh_token], tenant: acme}
                  jwt_apps: [%3$s]
                """.formatted(CLIENT_SECRET, LOGIN_KEY, apps);
    }

    private static String shop(String rest) {
        return config("{name: shop, secret: " + SECRET + ", " + rest + "}");
    }

    @Test
    void whatIsTheAppsOwnIsFine() {
        GatehouseConfig config = parsed(shop("site_url: https://shop.example.org/,"
                + " audiences: [shop, acme-web, 'https://api.example.org/x', 'https://login.example.org/x']"));
        assertThat(config.bootstrap().jwtApps()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "main, web, the client_id of a client",
        "acme, acme-web, the client_id of a client",
        "main, https://api.example.org, tokens.default_audience",
        "acme, https://api.example.org, tokens.default_audience",
        "main, HTTPS://API.example.org/, tokens.default_audience",
        "main, https://api.example.org:443, tokens.default_audience",
        "main, https://login.example.org, an issuer of this server",
        "main, https://login.example.org//, an issuer of this server",
        "main, Https://Login.Example.org:443/, an issuer of this server",
        "main, https://LOGIN.example.org/t/acme, an issuer of this server",
        "main, https://login.example.org/, an issuer of this server",
        "main, https://login.example.org/t/acme, an issuer of this server",
        "acme, https://login.example.org/t/acme/, an issuer of this server",
    })
    void noAudienceIsOneOfOurs(String tenant, String audience, String what) {
        assertThat(problem(shop("tenant: " + tenant + ", audiences: [shop, \"" + audience + "\"]")))
                .isEqualTo("bootstrap.jwt_apps (YAML line 8): gives shop the audience \"" + audience + "\", which is "
                        + what + ": name the app's own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.org",
                "https://login.example.org/",
                "https://login.example.org/t/acme",
                "https://login.example.org/t/acme/",
                "https://login.example.org/shop/",
                "https://LOGIN.Example.org/shop/",
                "https://login.example.org:443/shop/",
            })
    void noSiteIsOnTheIssuersOrigin(String site) {
        assertThat(problem(shop("site_url: \"" + site + "\"")))
                .isEqualTo("bootstrap.jwt_apps (YAML line 8): gives shop a site_url on the issuer's own scheme, host "
                        + "and port: leave it out: the default is below the issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://login.example.org:8443/", "https://shop.login.example.org/"})
    void anotherPortOrHostIsTheAppsOwn(String site) {
        assertThat(parsed(shop("site_url: \"" + site + "\"")).bootstrap().jwtApps())
                .hasSize(1);
    }

    @Test
    void aDefaultAudienceThatIsNoUrlIsComparedToo() {
        String yaml = shop("audiences: [api/]").replace("https://api.example.org", "api");
        assertThat(problem(yaml)).contains("tokens.default_audience");
    }

    @Test
    void theDerivedIssuerCountsToo() {
        String app = "bootstrap: {jwt_apps: [{name: shop, secret: " + SECRET
                + ", site_url: \"http://127.0.0.1:8080/\", audiences: [\"http://127.0.0.1:8080\"]}]}";
        assertThat(problems(app)).hasSize(2);
        // nobody knows the port before the start
        assertThat(parsed("server: {port: 0}\n" + app).bootstrap().jwtApps()).hasSize(1);
    }

    /** A JWT of the app would be a login JWT of the client. */
    @ParameterizedTest
    @ValueSource(strings = {CLIENT_SECRET, LOGIN_KEY})
    void noSecretIsAClients(String secret) {
        assertThat(problem(config("{name: shop, tenant: acme, secret: " + secret + "}")))
                .isEqualTo("bootstrap.jwt_apps (YAML line 8): gives shop the secret of a client: make another");
    }

    @Test
    void namesAreUniquePerTenantAndTenantsKnown() {
        String app = "{name: %s, tenant: %s, secret: " + SECRET + "}";
        assertThat(problems(config(String.join(
                        ", ",
                        app.formatted("shop", "main"),
                        app.formatted("shop", "acme"),
                        app.formatted("shop", "acme"),
                        app.formatted("Shop", "acme"),
                        app.formatted("shop", "gone")))))
                .containsExactlyInAnyOrder(
                        "bootstrap.jwt_apps (YAML line 8): lists the name shop of tenant acme twice: keep one entry",
                        "bootstrap.jwt_apps (YAML line 8): names the tenant gone, which bootstrap.tenants doesn't list");
    }
}
