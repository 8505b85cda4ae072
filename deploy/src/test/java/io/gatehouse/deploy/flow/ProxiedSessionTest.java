package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.ServiceGuest.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plain web apps that Gatehouse itself passes requests on to, whose users log in at Gatehouse: no proxy in front. */
class ProxiedSessionTest {
    private static final String SESSION = "gatehouse-service";
    private static final EchoUpstream SHOP = new EchoUpstream();
    private static final EchoUpstream WIKI = new EchoUpstream();

    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            routes:
              - {id: legal, match: {host: shop.example.org, path: /legal}, demand: session, upstream: ["%1$s"],
                 claims: "roles has 'lawyer' or sub_type == 'client'"}
              - {id: desk, match: {host: shop.example.org, path: /desk}, demand: session, upstream: ["%1$s"],
                 claims: "roles has 'editor' and sub_type == 'user'"}
              - {id: chiefs, match: {host: shop.example.org, path: /chiefs}, demand: session, roles: [chief],
                 upstream: ["%1$s"]}
              - {id: shop, match: {host: shop.example.org}, demand: session, upstream: ["%1$s"],
                 assertion: "https://shop.internal"}
              - {id: wiki, match: {host: wiki.example.org}, demand: session, upstream: ["%2$s"],
                 assertion: "https://wiki.internal"}
            bootstrap:
              users:
                - {username: ada, password: ada-demo-password, roles: [editor]}
            """.formatted("http://127.0.0.1:" + SHOP.port(), "http://127.0.0.1:" + WIKI.port()));

    private Person person;
    private ServiceGuest shop;
    private ServiceGuest wiki;

    @BeforeEach
    void beSomebodyNew() {
        person = new Person(NODE.address());
        shop = at("shop.example.org");
        wiki = at("wiki.example.org");
        SHOP.heads.clear();
        WIKI.heads.clear();
    }

    @AfterAll
    static void stop() throws IOException {
        SHOP.close();
        WIKI.close();
    }

    private static ServiceGuest at(String host) {
        return ServiceGuest.at(
                new BareCaller(NODE.address(), host + ":" + NODE.address().getPort()));
    }

    private void logIn() {
        assertThat(shop.get(shop.wayBack(person, "/"), PAGE).status()).isEqualTo(303);
    }

    /** Of the only request that the service got. */
    private static String header(EchoUpstream service, String name) {
        assertThat(service.heads).hasSize(1);
        String start = name.toLowerCase(Locale.ROOT) + ": ";
        List<String> lines = service.heads.getFirst().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
        assertThat(lines).as(name).hasSize(1);
        return lines.getFirst().substring(start.length());
    }

    private static JWTClaimsSet assertion(EchoUpstream service) throws Exception {
        SignedJWT jwt = SignedJWT.parse(header(service, "X-Gatehouse-Assertion"));
        JWKSet keys = JWKSet.load(NODE.address().resolve("/oauth2/jwks").toURL());
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("gatehouse-assertion+jwt");
        assertThat(jwt.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey())))
                .isTrue();
        return jwt.getJWTClaimsSet();
    }

    @Test
    void fromTheFirstPageOverTheLoginBackToIt() {
        shop.jar().put("theme", "dark");
        Answer sent = shop.get("/cart?item=1", PAGE);
        assertThat(sent.status()).isEqualTo(302);
        assertThat(sent.header("location")).startsWith(NODE.address() + "/login/handover?state=");
        Answer back = shop.get(shop.wayBack(person, "/cart?item=1"), PAGE);
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("location")).isEqualTo("/cart?item=1");
        assertThat(shop.jar()).containsOnlyKeys(SESSION, "theme");
        assertThat(SHOP.heads).isEmpty();

        Answer page = shop.get("/cart?item=1", PAGE, "X-Gatehouse-Subject: root", "X-Gatehouse-Roles: chief");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("shop");
        assertThat(SHOP.heads.getFirst().getFirst()).isEqualTo("GET /cart?item=1 HTTP/1.1");
        assertThat(header(SHOP, "X-Gatehouse-Subject")).isNotEmpty().isNotEqualTo("root");
        assertThat(header(SHOP, "X-Gatehouse-Subject-Type")).isEqualTo("user");
        assertThat(header(SHOP, "X-Gatehouse-Roles")).isEqualTo("editor");
        assertThat(header(SHOP, "Cookie")).isEqualTo("theme=dark");
        assertThat(String.join("\n", SHOP.heads.getFirst()))
                .doesNotContain(shop.jar().get(SESSION));
    }

    @Test
    void atASecondHostNobodyIsAskedAgain() throws Exception {
        logIn();
        assertThat(wiki.get(wiki.wayBackUnasked(person, "/start"), PAGE).header("location"))
                .isEqualTo("/start");
        assertThat(wiki.get("/start", PAGE).status()).isEqualTo(200);
        assertThat(shop.get("/", PAGE).status()).isEqualTo(200);
        assertThat(header(WIKI, "X-Gatehouse-Subject")).isEqualTo(header(SHOP, "X-Gatehouse-Subject"));
        JWTClaimsSet toWiki = assertion(WIKI);
        JWTClaimsSet toShop = assertion(SHOP);
        assertThat(toWiki.getAudience()).containsExactly("https://wiki.internal");
        assertThat(toShop.getAudience()).containsExactly("https://shop.internal");
        assertThat(toWiki.getStringClaim("sid")).isEqualTo(toShop.getStringClaim("sid"));
    }

    @Test
    void theCookieOfOneHostIsWorthNothingAtAnother() {
        logIn();
        wiki.jar().putAll(shop.jar());
        assertThat(wiki.get("/", PAGE).status()).isEqualTo(302);
        assertThat(WIKI.heads).isEmpty();
    }

    @Test
    void anAssertionSaysWhoIsLoggedIn() throws Exception {
        logIn();
        assertThat(shop.get("/", PAGE, "X-Gatehouse-Assertion: mine").status()).isEqualTo(200);
        JWTClaimsSet says = assertion(SHOP);
        assertThat(says.getIssuer()).isEqualTo(NODE.address().toString());
        assertThat(says.getSubject()).isEqualTo(header(SHOP, "X-Gatehouse-Subject"));
        assertThat(says.getStringClaim("sub_type")).isEqualTo("user");
        assertThat(says.getStringListClaim("roles")).containsExactly("editor");
        assertThat(says.getStringClaim("sid")).isNotEmpty();
        assertThat(says.getClaims()).doesNotContainKeys("client_id", "scope");
        assertThat(says.getExpirationTime().getTime() - says.getIssueTime().getTime())
                .isBetween(1_000L, 60_000L);
    }

    @Test
    void loggingOutAtOneHostEndsItAtAll() {
        logIn();
        wiki.get(wiki.wayBackUnasked(person, "/"), PAGE);
        assertThat(wiki.get("/", PAGE).status()).isEqualTo(200);
        Answer leaving = shop.get("/.gatehouse/logout", PAGE);
        assertThat(leaving.status()).isEqualTo(303);
        person.submit(person.open(leaving.header("location")));
        SHOP.heads.clear();
        WIKI.heads.clear();
        assertThat(shop.get("/", PAGE).status()).isEqualTo(302);
        assertThat(wiki.get("/", PAGE).status()).isEqualTo(302);
        assertThat(wiki.get("/", "Accept: application/json").status()).isEqualTo(401);
        assertThat(SHOP.heads).isEmpty();
        assertThat(WIKI.heads).isEmpty();
    }

    @Test
    void whatAnExpressionForbidsIsAPageThatSaysSo() {
        logIn();
        for (String path : List.of("/legal", "/chiefs")) {
            Answer page = shop.get(path, PAGE);
            assertThat(page.status()).isEqualTo(403);
            assertThat(page.header("content-type")).startsWith("text/html");
            assertThat(page.body()).contains("your account may not open this page");
            Answer data = shop.get(path, "Accept: application/json");
            assertThat(data.status()).isEqualTo(403);
            assertThat(data.header("content-type")).startsWith("application/problem+json");
        }
        assertThat(SHOP.heads).isEmpty();
        assertThat(shop.get("/desk", PAGE).status()).isEqualTo(200);
    }

    @Test
    void aFormWhenNobodyIsLoggedInAnyMoreIsNotSent() {
        Answer page = shop.post("/cart", "text=long", PAGE, "Sec-Fetch-Site: same-origin");
        assertThat(page.status()).isEqualTo(401);
        assertThat(page.body()).contains("You are not logged in any more");
        assertThat(SHOP.heads).isEmpty();
    }

    @Test
    void aWebSocketIsOpenedByACookieForPagesOfItsOwnHost() {
        logIn();
        String own = "Origin: http://" + shop.service().host();
        Answer opened = shop.connect("/socket", own);
        assertThat(opened.status()).isEqualTo(101);
        assertThat(opened.body()).isEqualTo("socket");
        assertThat(header(SHOP, "X-Gatehouse-Subject-Type")).isEqualTo("user");
        SHOP.heads.clear();
        for (String[] origin : new String[][] {
            {}, {"Origin: https://evil.example"}, {"Origin: null"}, {own, "Origin: https://evil.example"}
        }) {
            assertThat(shop.connect("/socket", origin).status()).isEqualTo(403);
        }
        shop.jar().clear();
        assertThat(shop.connect("/socket", own).status()).isEqualTo(401);
        assertThat(SHOP.heads).isEmpty();
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() {
        logIn();
        assertThat(shop.post("/cart", "x=1", "Origin: https://evil.example").status())
                .isEqualTo(403);
        assertThat(shop.post("/cart", "x=1", "Sec-Fetch-Site: cross-site").status())
                .isEqualTo(403);
        assertThat(SHOP.heads).isEmpty();
        assertThat(shop.post("/cart", "x=1", "Origin: http://" + shop.service().host())
                        .status())
                .isEqualTo(200);
    }
}
