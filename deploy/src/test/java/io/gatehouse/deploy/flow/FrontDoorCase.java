package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real proxy between a client and a service, which asks Gatehouse about each request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FrontDoorCase {
    private static final String HOST = "shop.example.org";
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";

    private static final String ASSERTION = "x-gatehouse-assertion";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo()
            .with("forward_auth.secret", SECRET)
            .with(
                    "routes",
                    "[{id: open, match: {host: shop.example.org, path: /open}, demand: public},"
                            + "{id: shop, match: {host: shop.example.org, path: /shop}, demand: bearer, scope: [api]},"
                            + "{id: rare, match: {host: shop.example.org, path: /rare}, demand: bearer,"
                            + " rate: {per: subject, limit: 2, window: PT24H}},"
                            + "{id: chiefs, match: {host: shop.example.org, path: /chiefs}, demand: bearer, roles: [chief]}]");

    @TempDir
    static Path folder;

    private final EchoUpstream upstream = new EchoUpstream();
    private ProxyProgram proxy;
    private BareCaller caller;
    private String token;
    private String subject;

    abstract ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception;

    @BeforeAll
    void start() throws Exception {
        proxy = start(folder, NODE.address().getPort(), upstream.port());
        caller = new BareCaller(proxy.address(), HOST);
        token = NODE.caller().logInForDemo().text("access_token");
        String jwks = NODE.caller().get("/oauth2/jwks", null).body();
        subject = AppJwt.byJwks(token, jwks).claims().getString("sub");
    }

    @BeforeEach
    void forget() {
        upstream.heads.clear();
    }

    @AfterAll
    void stop() throws Exception {
        if (proxy != null) {
            proxy.close();
        }
        upstream.close();
    }

    private String bearer() {
        return "Authorization: Bearer " + token;
    }

    /** The one request that the service got. */
    private List<String> got() {
        assertThat(upstream.heads).hasSize(1);
        return upstream.heads.getFirst();
    }

    private static List<String> assertions(List<String> head) {
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(ASSERTION + ":"))
                .map(line -> line.substring(ASSERTION.length() + 1).trim())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The headers that might be ours to who reads other characters as hyphens, with their values. */
    private static Map<String, List<String>> identity(List<String> head) {
        Map<String, List<String>> found = new TreeMap<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
            String value = line.substring(colon + 1).trim();
            if (name.strip().startsWith("x-gatehouse") && !value.isEmpty()) {
                found.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
            }
        }
        // Another one each time; what it says is signed.
        if (found.getOrDefault(ASSERTION, List.of()).equals(assertions(head))) {
            found.remove(ASSERTION);
        }
        return found;
    }

    private Map<String, List<String>> ada() {
        return Map.of(
                "x-gatehouse-subject", List.of(subject),
                "x-gatehouse-subject-type", List.of("user"),
                "x-gatehouse-client", List.of("demo"),
                "x-gatehouse-scope", List.of("api openid"),
                "x-gatehouse-roles", List.of("editor"));
    }

    @Test
    void aRequestThatMayGoOnArrivesAsItWasWithItsSender() {
        Answer answer = caller.get("/shop/cart/caf%C3%A9?page=2&next=/../x", bearer(), "X-Other: kept");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("shop");
        assertThat(got().getFirst()).isEqualTo("GET /shop/cart/caf%C3%A9?page=2&next=/../x HTTP/1.1");
        assertThat(identity(got())).isEqualTo(ada());
        assertThat(assertions(got())).hasSize(1);
        assertThat(AppJwt.byJwks(
                                assertions(got()).getFirst(),
                                NODE.caller().get("/oauth2/jwks", null).body())
                        .claims()
                        .getString("aud"))
                .isEqualTo("shop");
        assertThat(String.join("\n", got()))
                .containsIgnoringCase("x-other: kept")
                .doesNotContainIgnoringCase("authorization")
                .doesNotContain(token, SECRET);
    }

    @Test
    void theMethodIsTheClients() {
        assertThat(caller.post("/shop/cart", "body", bearer()).status()).isEqualTo(200);
        assertThat(got().getFirst()).isEqualTo("POST /shop/cart HTTP/1.1");
        assertThat(identity(got())).isEqualTo(ada());
    }

    @Test
    void withoutATokenOneIsAskedFor() {
        Answer answer = caller.get("/shop/cart");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer realm=\"gatehouse\", scope=\"api\"");
        Answer bad = caller.get("/shop/cart", bearer() + "x");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.header("www-authenticate")).contains("error=\"invalid_token\"");
        assertThat(upstream.heads).isEmpty();
    }

    @Test
    void aTokenThatLacksSomethingOpensNothing() {
        assertThat(caller.get("/chiefs", bearer()).status()).isEqualTo(403);
        assertThat(caller.get("/nowhere", bearer()).status()).isEqualTo(403);
        assertThat(caller.get("/shopping", bearer()).status()).isEqualTo(403);
        assertThat(upstream.heads).isEmpty();
    }

    @Test
    void aRevokedTokenOpensNothingMore() {
        String other = NODE.caller().logInForDemo().text("access_token");
        assertThat(caller.get("/shop", "Authorization: Bearer " + other).status())
                .isEqualTo(200);
        assertThat(NODE.caller()
                        .post("/oauth2/revoke", Caller.DEMO, "token", other)
                        .status())
                .isEqualTo(200);
        assertThat(caller.get("/shop", "Authorization: Bearer " + other).status())
                .isEqualTo(401);
    }

    /** 429 is an error of its own to a proxy that asks: nginx would answer 500. */
    @Test
    void ofTooManyRequestsTheRestAre403() {
        assertThat(caller.get("/rare", bearer()).status()).isEqualTo(200);
        assertThat(caller.get("/rare", bearer()).status()).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            assertThat(caller.get("/rare", bearer()).status()).isEqualTo(403);
        }
        assertThat(upstream.heads).hasSize(2);
        assertThat(caller.get("/shop", bearer()).status()).isEqualTo(200);
    }

    @Test
    void whereNobodyIsAskedNobodyIsTold() {
        assertThat(caller.get("/open/logo.svg", bearer()).status()).isEqualTo(200);
        assertThat(identity(got())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Gatehouse-Subject", "x-gatehouse-subject", "X-GATEHOUSE-SUBJECT", "x-GateHouse-sUbJeCt",
                "X_Gatehouse_Subject", "x_gatehouse_subject", "X-Gatehouse_Subject", "X_Gatehouse-Subject",
                "X_GATEHOUSE_SUBJECT", "X.Gatehouse.Subject", "X-Gatehouse.Subject", "X.Gatehouse-Subject",
                "X~Gatehouse~Subject", "X!Gatehouse!Subject", "X'Gatehouse'Subject", "X+Gatehouse+Subject",
                "X|Gatehouse|Subject", "X*Gatehouse*Subject", "X-Gatehouse-Subject ", "X-Gatehouse-Subject\t",
                " X-Gatehouse-Subject", "\tX-Gatehouse-Subject", "X Gatehouse Subject", "X-Gatehouse-Subject-Type",
                "X_Gatehouse_Subject_Type", "X-Gatehouse-Client", "X_Gatehouse_Client", "X-Gatehouse-Scope",
                "X_Gatehouse_Scope", "X-Gatehouse-Roles", "X_Gatehouse_Roles", "X-Gatehouse_Roles",
                "X-Gatehouse-Assertion", "X_Gatehouse_Assertion", "X-Gatehouse-Hop", "X_Gatehouse_Hop",
            })
    void noIdentityOfTheClientsOwnArrives(String name) {
        for (String path : List.of("/open", "/shop")) {
            upstream.heads.clear();
            Answer answer = caller.get(path, bearer(), "X-Other: 1", name + ": root", "X-Other: 2", name + ": root");
            if (answer.status() == 400) {
                assertThat(upstream.heads).isEmpty();
                continue;
            }
            assertThat(answer.status()).isEqualTo(200);
            assertThat(identity(got())).isEqualTo(path.equals("/open") ? Map.of() : ada());
            // A line that begins with a blank goes on with the one before it.
            assertThat(got())
                    .filteredOn(line -> !line.toLowerCase(Locale.ROOT).startsWith("x-other:"))
                    .noneMatch(line -> line.contains("root"));
        }
    }

    /** What the client says of its own request to whom does not ask it. */
    @Test
    void theClientDoesNotSayWhatItAskedFor() {
        Answer answer = caller.get(
                "/shop",
                "X-Original-URI: /open",
                "X-Original-Method: GET",
                "X-Original-Host: shop.example.org",
                "X_Original_URI: /open",
                "X-Forwarded-Uri: /open",
                "X-Forwarded-Method: GET",
                "X-Forwarded-Host: shop.example.org",
                "X-Rewrite-URL: /open",
                "User-Agent: ELB-HealthChecker/2.0");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(new BareCaller(proxy.address(), "other.example.org")
                        .get("/open", "X-Forwarded-Host: shop.example.org", "X-Original-Host: shop.example.org")
                        .status())
                .isEqualTo(403);
        assertThat(upstream.heads).isEmpty();
    }

    /** Who takes the last of a list, and who takes all of it. */
    @Test
    void ofTwoTokensNoneIsChosen() {
        assertThat(caller.get("/shop", "Authorization: Bearer x, " + bearer().substring(15))
                        .status())
                .isEqualTo(401);
        assertThat(caller.get("/shop", bearer(), "Authorization: Bearer x").status())
                .isIn(200, 400, 401);
        assertThat(upstream.heads)
                .allSatisfy(head -> assertThat(String.join("\n", head)).doesNotContainIgnoringCase("authorization"));
        assertThat(new BareCaller(proxy.address(), "other.example.org, shop.example.org")
                        .get("/open")
                        .status())
                .isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/open/../shop",
                "/open/./../shop",
                "/open/..",
                "/open/%2e%2e/shop",
                "/open/.%2E/shop",
                "/open/%2e/shop",
                "/open%2f..%2fshop",
                "/open/..%2fshop",
                "/open/%2e%2e%2fshop",
                "/open/..%5cshop",
                "/open\\..\\shop",
                "/open%252f..%252fshop",
                "/open/%252e%252e/shop",
                "/open/..;/shop",
                "/open;/../shop",
                "/open;x=1",
                "//open",
                "/open//shop",
                "/open//../shop",
                "/./open",
                "/open/.",
                "/open%00",
                "/open/%c0%ae%c0%ae/shop",
                "/open/%u002e%u002e/shop",
                "/open%3b/shop",
                "/open%3f/shop",
                "/open%23/shop",
                "/open#/../shop",
                "/Open",
            })
    void aPathThatCouldBeReadInTwoWaysOpensNothing(String target) {
        Answer answer = caller.get(target, bearer());
        assertThat(answer.status()).isIn(400, 403);
        assertThat(upstream.heads).isEmpty();
    }
}
