package io.gatehouse.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
              - {id: wiki, match: {host: wiki.example.org}, demand: session, max_age: PT1H}
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
                        "roles     editor or owner");
    }

    @Test
    void saysHowOldALoginMayBe() throws IOException {
        assertThat(explain(CONFIG, "GET", "https://wiki.example.org/page").out().lines())
                .endsWith(
                        "route     wiki",
                        "tenant    main",
                        "demand    session: a browser that is logged in",
                        "roles     any",
                        "max_age   PT1H");
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
        "GET, http://shop.example.org:8080, 'It is refused: no route is for it.'",
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

    private Typed explain(String yaml, String method, String url) throws IOException {
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
        CommandTable table = new CommandTable(List.of(new RouteExplainCommand()));
        return new Typed(table, "route", "explain", method, url, "--config", file.toString());
    }
}
