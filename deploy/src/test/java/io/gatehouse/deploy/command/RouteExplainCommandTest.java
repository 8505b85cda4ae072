package io.gatehouse.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteExplainCommandTest {
    private static final String CONFIG = """
            issuer: https://login.example.org
            routes:
              - {id: assets, match: {host: shop.example.org, path: /assets}, demand: public}
              - id: shop
                tenant: shop
                match: {host: shop.example.org, methods: [GET]}
                demand: bearer
                scope: [api, cart]
                roles: [editor, owner]
                rate: {per: client, limit: 10, window: PT1M, shared: true}
                upstream: ["http://127.0.0.1:9000"]
                forward_token: true
              - {id: wiki, match: {host: wiki.example.org}, demand: session, max_age: PT1H,
                 second_factor: true}
            """;

    @TempDir
    Path folder;

    @Test
    void saysWhatARouteDemands() throws IOException {
        Typed typed = explain(CONFIG, "get", "https://Shop.example.org:443/c%61rt?page=2");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.code()).isZero();
        assertThat(typed.out().lines())
                .containsExactly(
                        "method    GET",
                        "host      shop.example.org",
                        "path      /cart",
                        "route     shop",
                        "tenant    shop",
                        "demand    bearer: an access token",
                        "audience  the tenant's issuer",
                        "scope     api and cart",
                        "roles     editor or owner",
                        "factors   any",
                        "rate      10 in PT1M per client, counted by all nodes together",
                        "upstream  http://127.0.0.1:9000",
                        "assertion for http://127.0.0.1:9000",
                        "token     passed on to the upstream");
    }

    @Test
    void saysHowOldALoginMayBe() throws IOException {
        assertThat(explain(CONFIG, "GET", "https://wiki.example.org/page").out().lines())
                .containsSubsequence(
                        "route     wiki",
                        "tenant    main",
                        "demand    session: a browser that is logged in",
                        "roles     any",
                        "max_age   PT1H",
                        "factors   two: a password and a code");
    }

    /** What stands there may be said without a running node; whether a token counts may not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://shop.example.org/assets | Accept: */*                       | nothing is looked at                              | 200: it may go on
                    https://shop.example.org/cart   | Accept: text/html                 | no Authorization                                  | 401: send a token
                    https://shop.example.org/cart   | Authorization: Basic YTpi         | Authorization of another scheme, which is no token | 401: send a token
                    https://shop.example.org/cart   | authorization: bearer x           | a Bearer token                                    | 200, 401 or 403
                    https://shop.example.org/cart   | Authorization: DPoP x             | a DPoP token without a proof                      | 200, 401 or 403
                    https://wiki.example.org/       | Accept: text/html                 | no cookie __Host-gatehouse-service                | 302 to the login
                    https://wiki.example.org/       | Accept: application/json          | no cookie __Host-gatehouse-service                | 401: log in
                    https://wiki.example.org/       | Cookie: a=b; __Host-gatehouse-service=x | the cookie __Host-gatehouse-service         | 200 while the session counts; else 401
                    """)
    void saysWhatHeadersShow(String url, String header, String shown, String answer) throws IOException {
        Typed typed = explain(CONFIG, "GET", url, "--header", header);
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).contains("shown     " + shown, "answer    " + answer);
        assertThat(typed.out()).as("no token, no cookie").doesNotContain("=x", "YTpi");
    }

    @Test
    void twoOfWhatMayBeThereOnceCountForNothing() throws IOException {
        String token = "Authorization: Bearer x";
        assertThat(explain(CONFIG, "GET", "https://shop.example.org/", "--header", token, "--header", token)
                        .out())
                .contains("shown     Authorization more than once", "answer    400");
        String cookies = "Cookie: __Host-gatehouse-service=x; __Host-gatehouse-service=y";
        assertThat(explain(CONFIG, "GET", "https://wiki.example.org/", "--header", cookies)
                        .out())
                .contains("more than once, so that none counts", "answer    401");
    }

    @Test
    void whatClientsSayOfTheWayIsIgnored() throws IOException {
        assertThat(explain(
                                CONFIG,
                                "GET",
                                "https://shop.example.org/cart",
                                "--header",
                                "X-Forwarded-Uri: /assets",
                                "--header=X-Gatehouse-Subject: root")
                        .out())
                .contains("path      /cart", "ignored   x-forwarded-uri, x-gatehouse-subject");
    }

    @ParameterizedTest
    @CsvSource({
        "/forward-auth, X-Forwarded-, X-Original-",
        "/forward-auth/traefik, X-Forwarded-, X-Original-",
        "/forward-auth/nginx, X-Original-, X-Forwarded-",
        "/forward-auth/haproxy?x, X-Original-, X-Forwarded-",
    })
    void eachFormOfProxiesIsReadByItsHeaders(String path, String mine, String others) throws IOException {
        String url = "https://login.example.org" + path;
        Typed typed = explain(
                CONFIG,
                "POST",
                url,
                "--header=" + mine + "Method: GET",
                "--header=" + mine + "Host: shop.example.org",
                "--header=" + mine + "URI: /cart?x",
                "--header=" + others + "Uri: /assets");
        assertThat(typed.out()).contains("told by   " + mine, "method    GET", "path      /cart", "route     shop");
        Typed lacking = explain(CONFIG, "GET", url, "--header=" + others + "Method: GET");
        assertThat(lacking.code()).isEqualTo(2);
        assertThat(lacking.err()).contains("a proxy sends " + mine + "Method once");
    }

    @Test
    void envoyTellsByTheRequestItself() throws IOException {
        assertThat(explain(CONFIG, "GET", "https://shop.example.org/forward-auth/envoy/assets/x")
                        .out())
                .contains("told by   the path behind /forward-auth/envoy", "path      /assets/x", "route     assets");
    }

    @Test
    void firstMatchWins() throws IOException {
        assertThat(explain(CONFIG, "POST", "https://shop.example.org/assets/logo.svg")
                        .out())
                .contains("route     assets", "demand    public: nothing")
                .doesNotContain("audience");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, https://shop.example.org/cart, 'It is refused: no route is for it.'",
        "GET, https://other.example.org/, 'It is refused: no route is for it.'",
        "GET, https://shop.example.org/assets/../cart, has dot segments or doubled slashes.",
        "GET, https://shop.example.org/assets/%2e%2e/cart, encodes one of",
        "GET, https://user@shop.example.org/, names no host",
        "GET, https://shop.example.org/#cart, a character that a URL must encode",
    })
    void saysWhyARequestIsRefused(String method, String url, String reason) throws IOException {
        Typed typed = explain(CONFIG, method, url);
        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("It is refused", reason).doesNotContain("route  ");
    }

    @ParameterizedTest
    @CsvSource({
        "route explain, METHOD is missing: give METHOD URL",
        "route explain GET, URL is missing: give METHOD URL",
        "route explain GET a b, 'b' is not expected here",
        "route explain GET shop.example.org/, is no URL",
        "route explain GET https://a/ --header token-text, needs a header",
    })
    void aMistakeExitsWith2(String line, String message) {
        Typed typed = new Typed(new CommandTable(List.of(new RouteExplainCommand())), line.split(" "));
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains(message);
    }

    @Test
    void aWrongConfigurationIsTold() throws IOException {
        Typed typed = explain("routes: [{id: a, match: {host: a}}]", "GET", "https://a/");
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("routes[0].demand");
    }

    private Typed explain(String yaml, String method, String url, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
        CommandTable table = new CommandTable(List.of(new RouteExplainCommand()));
        List<String> words = new ArrayList<>(List.of("route", "explain", method, url, "--config", file.toString()));
        words.addAll(List.of(more));
        return new Typed(table, words.toArray(String[]::new));
    }
}
