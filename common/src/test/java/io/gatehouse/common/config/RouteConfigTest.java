package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteConfigTest {
    private static final String ISSUER = "issuer: https://login.example.org\n";
    private static final String THUMBPRINT = "5e0fa1b2c3d4e5f60718293a4b5c6d7e5e0fa1b2c3d4e5f60718293a4b5c6d7e";
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";

    @Test
    void aRouteIsReadInItsOneForm() {
        RouteConfig route = only("""
                routes:
                  - id: shop
                    match: {host: "Shop.Example.org:443", path: /shop/, methods: [GET, POST]}
                    demand: bearer
                    audience: https://api.example.org
                    scope: [api]
                    roles: [editor]
                """);
        assertThat(route.match())
                .isEqualTo(new RouteMatch("shop.example.org", "/shop", List.of("GET", "POST", "HEAD")));
        assertThat(route.tenant()).isEqualTo("main");
        assertThat(route.audience()).isEqualTo("https://api.example.org");
        assertThat(route.scope()).containsExactly("api");
        assertThat(route.roles()).containsExactly("editor");
        assertThat(only("routes: [{id: a, match: {host: \"a:8443\"}, demand: public}]")
                        .match())
                .isEqualTo(new RouteMatch("a:8443", "", List.of()));
        assertThat(parsed("").routes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id: A, match: {host: a}, demand: public} | routes[0].id ",
                "{id: a, match: {host: a}} | routes[0].demand ",
                "{id: a, demand: public} | names no host",
                "{id: a, match: {path: /x}, demand: public} | names no host",
                "{id: a, match: {host: '*.example.org'}, demand: public} | routes[0].match.host ",
                "{id: a, match: {host: 'http://a'}, demand: public} | routes[0].match.host ",
                "{id: a, match: {host: 'a.'}, demand: public} | routes[0].match.host ",
                "{id: a, match: {host: a, methods: [get]}, demand: public} | routes[0].match.methods ",
                "{id: a, match: {host: a}, demand: sesion} | is no demand",
                "{id: a, match: {host: a}, demand: session, scope: [api]} | is session, which has neither audience nor scope",
                "{id: a, match: {host: a}, demand: bearer, max_age: PT1H} | is about the login of a browser",
                "{id: a, match: {host: a}, demand: public, second_factor: true} | would ask nobody",
                "{id: a, match: {host: a}, demand: bearer, upstream: ['http://b/path']} | holds what is not scheme",
                "{id: a, match: {host: a}, demand: bearer, upstream: ['ftp://b']} | holds what is not scheme",
                "{id: a, match: {host: a}, demand: bearer, upstream: ['http://b', 'h2c://c']} | mixes schemes",
                "{id: a, match: {host: a}, demand: maybe} | give public, bearer or session",
                "{id: a, match: {host: a}, demand: public, scope: [api]} | would ask nobody",
                "{id: a, match: {host: a}, demand: public, roles: [editor]} | would ask nobody",
                "{id: a, match: {host: a}, demand: public, audience: x} | would ask nobody",
                "{id: a, match: {host: a}, demand: bearer, scope: ['a b']} | routes[0].scope ",
                "{id: a, match: {host: a}, demand: bearer, claims: sub} | can't be read, character 4: ",
                "{id: a, match: {host: a}, demand: bearer, claims: 'sub has x'} | character 5: there is has where",
                "{id: a, match: {host: login.example.org}, demand: public} | is at the issuer's own host",
                "{id: a, match: {host: 'LOGIN.example.org:8443'}, demand: public} | is at the issuer's own host",
                "{id: a, match: {host: a}, same_origin: true, demand: public} | not the issuer's",
                "{id: a, match: {host: a}, demand: bearer, upstream: x} | routes[0].upstream ",
            })
    void aMistakeIsTold(String route, String message) {
        assertThat(problem(ISSUER + "routes: [" + route + "]")).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "/a/../b", "/./a", "/a//b", "/a%2fb", "/a;b", "/a?b", "/a#b", "/a\\\\b", "//"})
    void aPathIsPlain(String path) {
        assertThat(problem("routes: [{id: a, match: {host: a, path: \"" + path + "\"}, demand: public}]"))
                .contains("routes[0].match.path ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{host: a} | {host: a, path: /x}",
                "{host: a, path: /x/} | {host: A, path: /x}",
                "{host: a, path: /x} | {host: a, path: /x/y, methods: [GET]}",
                "{host: a, methods: [GET, POST]} | {host: 'a:80', methods: [HEAD]}",
                "{host: a} | {host: 'a:8443'}",
            })
    void aRouteThatNeverMatchesIsTold(String first, String second) {
        assertThat(problem(ISSUER + two(first, second)))
                .contains("routes[1]", "never matches, for first above it takes all of its requests");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{host: a, path: /x} | {host: a}",
                "{host: a, path: /x} | {host: a, path: /xy}",
                "{host: a, methods: [POST]} | {host: a, methods: [GET]}",
                "{host: a, methods: [GET]} | {host: a}",
                "{host: a} | {host: b}",
                "{host: 'a:8443'} | {host: a}",
            })
    void aRouteBehindANarrowerOneIsFine(String first, String second) {
        assertThat(parsed(ISSUER + two(first, second)).routes()).hasSize(2);
    }

    @Test
    void idsAreUnique() {
        assertThat(problem(ISSUER + two("{host: a}", "{host: b}").replace("second", "first")))
                .contains("lists the id first twice");
    }

    @Test
    void theIssuersOwnHostHasToBeMeant() {
        GatehouseConfig config = parsed(ISSUER + """
                routes:
                  - {id: a, match: {path: /a}, same_origin: true, demand: public}
                  - {id: b, match: {host: login.example.org, path: /b}, same_origin: true, demand: bearer}
                """);
        assertThat(config.routes()).extracting(RouteConfig::sameOrigin).containsExactly(true, true);
        assertThat(problem(ISSUER + """
                routes:
                  - {id: a, match: {path: /a}, same_origin: true, demand: public}
                  - {id: b, match: {host: login.example.org, path: /a/b}, same_origin: true, demand: bearer}
                """)).contains("never matches");
    }

    @Test
    void aTenantIsKnownWhereTenantsAreDeclared() {
        String route = "routes: [{id: a, tenant: shop, match: {host: a}, demand: bearer}]\n";
        assertThat(parsed(ISSUER + route).routes().getFirst().tenant()).isEqualTo("shop");
        assertThat(parsed(ISSUER + route + "bootstrap: {tenants: [{id: shop}]}").routes())
                .hasSize(1);
        assertThat(problem(ISSUER + route + "bootstrap: {tenants: [{id: other}]}"))
                .contains("names the tenant shop");
    }

    @Test
    void theSecretOfTheHopIsOneOrAList() {
        assertThat(parsed("").forwardAuth().secret()).isEmpty();
        assertThat(secrets("forward_auth: {secret: " + SECRET + "}")).containsExactly(SecretValue.of(SECRET));
        assertThat(secrets("forward_auth: {secret: [" + SECRET + ", " + SECRET + "2]}"))
                .containsExactly(SecretValue.of(SECRET), SecretValue.of(SECRET + "2"));
        assertThat(parsed("forward_auth: {secret: " + SECRET + "}").masked()).doesNotContain("hop-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "'with a blank 0123456789abcdef0123456789'", "'a,b 0123456789abcdef0123456789'"})
    void aSecretOfTheHopIsLongAndFitsAHeader(String secret) {
        assertThat(problem("forward_auth: {secret: " + secret + "}")).contains("forward_auth.secret");
    }

    @Test
    void aNodeWithoutTheGatewayKeepsTheSecretClosed() {
        String roles = ISSUER + "roles: [token, store]\n";
        assertThat(problem(roles + "forward_auth: {secret: " + SECRET + "}")).contains("doesn't run");
        assertThat(parsed(roles + "forward_auth: {secret: 'file:/nowhere'}")
                        .forwardAuth()
                        .secret())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'AB:CD' | neither a SHA-256 thumbprint",
                "proxy.example.org | neither a SHA-256 thumbprint",
                "'" + THUMBPRINT + "' | the listener asks for none",
            })
    void aCertificateOfTheHopCanBeShown(String certificate, String message) {
        assertThat(problem("forward_auth: {certificates: ['" + certificate + "']}"))
                .contains(message);
    }

    @Test
    void aSubjectOfTheHopNeedsAnAuthority() {
        String tls =
                ISSUER + "server: {tls: {keystore: a.p12, client_auth: request%s}}\nforward_auth: {certificates: [%s]}";
        assertThat(problem(tls.formatted("", "'CN=proxy'"))).contains("no authority counts");
        assertThat(parsed(tls.formatted(", client_ca: [b.pem]", "'CN=proxy'"))
                        .forwardAuth()
                        .isOff())
                .isFalse();
        assertThat(parsed(tls.formatted("", "'" + THUMBPRINT + "'"))
                        .forwardAuth()
                        .certificates())
                .containsExactly(THUMBPRINT);
    }

    private static List<SecretValue> secrets(String yaml) {
        return parsed(yaml).forwardAuth().secret();
    }

    private static RouteConfig only(String yaml) {
        assertThat(parsed(yaml).routes()).hasSize(1);
        return parsed(yaml).routes().getFirst();
    }

    private static String two(String first, String second) {
        return "routes: [{id: first, match: " + first + ", demand: public}, {id: second, match: " + second
                + ", demand: public}]";
    }
}
