package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers at services: who is logged in passes, who is not is sent to the login and comes back. */
class ServiceSessionTest extends ServiceCase {
    private static final String HTML = "Accept: text/html";

    @Test
    void theFirstPageLeadsToTheLoginAndBack() {
        RawReply sent = browser.visit(SHOP, "/cart?item=1&next=https://evil.example");
        assertThat(sent.status()).isEqualTo(302);
        assertThat(sent.header("location"))
                .startsWith(ISSUER + "/login/handover?state=")
                .doesNotContain("cart");
        assertThat(sent.header("set-cookie")).startsWith(NONCE + "=").contains("; HttpOnly; SameSite=Lax; Secure");
        assertThat(sent.header("cache-control")).isEqualTo("no-store");
        RawReply page = browser.follow(sent);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("to go on to " + SHOP);
        assertThat(page.header("content-security-policy")).contains("form-action 'self' https://" + SHOP + ";");
        RawReply handover = logIn(browser, page);
        assertThat(handover.status()).isEqualTo(302);
        assertThat(handover.header("location")).startsWith("https://" + SHOP + "/.gatehouse/handover?code=");
        RawReply back = browser.follow(handover);
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("location")).isEqualTo("/cart?item=1&next=https://evil.example");
        assertThat(browser.jar(SHOP)).containsOnlyKeys(SERVICE);
        assertAda(browser.visit(SHOP, "/cart"));
        assertAda(browser.send("POST", SHOP, "/cart"));
    }

    @Test
    void anotherServiceNeedsNoSecondLogin() {
        arrive(browser, SHOP, "/");
        RawReply handover = browser.follow(browser.visit(WIKI, "/page"));
        assertThat(handover.status()).isEqualTo(302);
        assertThat(browser.follow(handover).header("location")).isEqualTo("/page");
        assertAda(browser.visit(WIKI, "/page"));
        assertThat(gateway.node.asked(Sessions.Begin.class)).hasSize(1);
    }

    @Test
    void ofAServiceOfAnotherTenantThatTenantsUsersAreAsked() {
        arrive(browser, SHOP, "/");
        RawReply page = loginPage(browser, "branch.example.net", "/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(PageCase.action(page)).isEqualTo("/t/shop/login");
        assertThat(browser.follow(logIn(browser, page)).status()).isEqualTo(303);
        assertThat(browser.jar("branch.example.net")).containsOnlyKeys(SERVICE + "-shop");
        assertAda(browser.visit("branch.example.net", "/"));
    }

    /** nginx makes an error of its own of any other status. */
    @Test
    void nginxIsToldTheWayBeside401() {
        RawReply sent = browser.visitBehindNginx(SHOP, "/cart");
        assertThat(sent.status()).isEqualTo(401);
        assertThat(sent.header("location")).startsWith(ISSUER + "/login/handover?state=");
        assertThat(sent.header("set-cookie")).startsWith(NONCE + "=");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, Accept: application/json",
        "GET, Accept: */*",
        "POST, Accept: application/json",
        "OPTIONS, Accept: */*",
        "GET, 'Accept: text/html\r\nX-Requested-With: XMLHttpRequest'",
        "GET, 'Accept: text/html\r\nSec-Fetch-Mode: cors'",
        "GET, 'Accept: text/html\r\nSec-Fetch-Mode: no-cors'",
    })
    void whatIsNoPageIsToldToLogIn(String method, String headers) {
        RawReply reply =
                browser.send(method, SHOP, "/cart", headers.translateEscapes().split("\r\n"));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.header("www-authenticate")).isEqualTo("Bearer realm=\"gatehouse\"");
        assertThat(reply.json().getString("detail")).contains("log in");
        assertThat(reply.has("location")).isFalse();
        assertThat(reply.has("set-cookie")).isFalse();
    }

    @Test
    void aFormThatComesTooLateIsToldSo() {
        RawReply reply = browser.send("POST", SHOP, "/cart?a=b", HTML, "Sec-Fetch-Mode: navigate");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).contains("nothing was sent").contains("href=\"/cart?a=b\"");
        assertThat(reply.body()).contains("href=\"/.gatehouse/style/main?v=");
        assertThat(browser.open("https://" + SHOP + "/.gatehouse/style/main").status())
                .isEqualTo(200);
    }

    @Test
    void anEndedSessionOpensNothingMore() {
        arrive(browser, SHOP, "/");
        arrive(browser, WIKI, "/");
        assertAda(browser.visit(SHOP, "/"));
        SessionProof session = living("main").keySet().iterator().next();
        living("main").clear();
        gateway.node.publish(
                gateway.node.log.deny(Denial.Kind.SESSION, session.id().sid()));
        TestNode.eventually("the end is heard", () -> browser.visit(SHOP, "/").status() == 302);
        assertThat(browser.visit(WIKI, "/").status()).isEqualTo(302);
        assertThat(loginPage(browser, SHOP, "/").status()).isEqualTo(200);
    }

    @Test
    void theStoreIsNotAskedEachTime() {
        arrive(browser, SHOP, "/");
        for (int i = 0; i < 20; i++) {
            assertAda(browser.visit(SHOP, "/" + i));
        }
        assertThat(gateway.node.asked(Sessions.Vouch.class)).hasSize(1);
    }

    @Test
    void whileNobodyCanTellNobodyArrives() {
        gateway.node.failing(Sessions.Vouch.class, new OAuthError.Unavailable("store"));
        RawReply reply = browser.follow(logIn(browser, loginPage(browser, SHOP, "/")));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(browser.jar(SHOP)).doesNotContainKey(SERVICE);
        assertThat(browser.visit(SHOP, "/").status()).isEqualTo(302);
    }

    @Test
    void theSessionEndsInTime() {
        arrive(browser, SHOP, "/");
        for (int day = 0; day < 7; day++) {
            assertAda(browser.visit(SHOP, "/"));
            gateway.node.clock.pass(Duration.ofHours(23));
        }
        gateway.node.clock.pass(Duration.ofHours(7));
        assertThat(browser.visit(SHOP, "/").status()).isEqualTo(302);
    }

    @Test
    void aRoleThatIsLackingIsSaid() {
        arrive(browser, SHOP, "/");
        RawReply page = browser.visit(SHOP, "/chiefs");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("your account may not open this page").contains(ISSUER + "/account");
        RawReply data = browser.send("GET", SHOP, "/chiefs", "Accept: application/json");
        assertThat(data.status()).isEqualTo(403);
        assertThat(data.json().getString("detail")).contains("role");
    }

    @Test
    void aLoginThatIsTooOldIsAskedForAgain() {
        arrive(browser, SHOP, "/fresh");
        gateway.node.clock.pass(Duration.ofMinutes(11));
        assertAda(browser.visit(SHOP, "/"));
        RawReply page = loginPage(browser, SHOP, "/fresh");
        assertThat(page.body()).contains("once more to go on to " + SHOP);
        assertThat(browser.follow(logIn(browser, page)).header("location")).isEqualTo("/fresh");
        assertAda(browser.visit(SHOP, "/fresh"));
    }

    @Test
    void theCookieIsRenewedWithUse() {
        arrive(browser, SHOP, "/");
        String first = browser.jar(SHOP).get(SERVICE);
        assertThat(browser.visit(SHOP, "/").has("set-cookie")).isFalse();
        gateway.node.clock.pass(Duration.ofMinutes(61));
        RawReply renewed = browser.visit(SHOP, "/");
        assertAda(renewed);
        assertThat(renewed.header("set-cookie")).startsWith(SERVICE + "=").contains("; HttpOnly; SameSite=Lax");
        assertThat(browser.jar(SHOP).get(SERVICE)).isNotEqualTo(first);
        assertAda(browser.visit(SHOP, "/"));
    }

    @Test
    void theCookieCountsAtItsHostOnly() {
        arrive(browser, SHOP, "/");
        browser.jar(WIKI).put(SERVICE, browser.jar(SHOP).get(SERVICE));
        browser.jar("branch.example.net")
                .put(SERVICE + "-shop", browser.jar(SHOP).get(SERVICE));
        assertThat(browser.visit(WIKI, "/").status()).isEqualTo(302);
        assertThat(browser.visit("branch.example.net", "/").status()).isEqualTo(302);
        assertThat(browser.visit(SHOP + ":444", "/").status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aForgedCookieIsNone(String value) {
        arrive(browser, SHOP, "/");
        browser.jar(SHOP).put(SERVICE, value);
        assertThat(browser.visit(SHOP, "/").status()).isEqualTo(302);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, Origin: https://evil.example",
        "POST, Origin: null",
        "POST, Origin: http://shop.example.net",
        "POST, Origin: https://shop.example.net:444",
        "POST, Origin: https://shop.example.net.evil.example",
        "PUT, Origin: https://wiki.example.net:8443",
        "DELETE, Sec-Fetch-Site: cross-site",
        "PATCH, Sec-Fetch-Site: same-site",
        "PURGE, Sec-Fetch-Site: cross-site",
        "GET, Upgrade: websocket",
        "GET, 'Sec-WebSocket-Key: x\r\nOrigin: https://evil.example'",
        "GET, 'Sec-WebSocket-Version: 13\r\nSec-Fetch-Site: same-origin'",
    })
    void whatAnotherSiteSendsInTheUsersNameChangesNothing(String method, String headers) {
        arrive(browser, SHOP, "/");
        RawReply reply =
                browser.send(method, SHOP, "/cart", headers.translateEscapes().split("\r\n"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().getString("detail")).contains("another site");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, Origin: https://shop.example.net",
        "POST, Sec-Fetch-Site: same-origin",
        "DELETE, Sec-Fetch-Site: none",
        "GET, Sec-Fetch-Site: cross-site",
        "GET, 'Sec-WebSocket-Key: x\r\nOrigin: https://shop.example.net'",
    })
    void whatItsOwnPagesSendMay(String method, String headers) {
        arrive(browser, SHOP, "/");
        assertAda(browser.send(method, SHOP, "/cart", headers.translateEscapes().split("\r\n")));
    }

    @Test
    void aPageForEverybodyAsksNobody() {
        RawReply reply = browser.visit(SHOP, "/open/logo.svg");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-gatehouse-subject")).isEmpty();
        arrive(browser, SHOP, "/");
        assertThat(browser.visit(SHOP, "/open").header("x-gatehouse-subject")).isEmpty();
    }

    @Test
    void aSessionIsNoTokenAndATokenIsNoSession() {
        assertThat(browser.visit(SHOP, "/", "Authorization: Bearer " + Tokens.signed(Tokens.claims()))
                        .status())
                .isEqualTo(302);
        arrive(browser, SHOP, "/");
        browser.jar("api.example.net").putAll(browser.jar(SHOP));
        assertThat(browser.visit("api.example.net", "/").status()).isEqualTo(401);
    }

    @Test
    void loggingOutIsTheIssuersAffair() {
        RawReply reply = browser.open("https://" + SHOP + "/.gatehouse/logout");
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("location")).isEqualTo(ISSUER + "/oauth2/logout");
        assertThat(browser.open("https://branch.example.net/.gatehouse/logout").header("location"))
                .isEqualTo(ISSUER + "/t/shop/oauth2/logout");
        assertThat(browser.open("https://api.example.net/.gatehouse/logout").status())
                .isEqualTo(404);
        assertThat(browser.open("https://other.example.net/.gatehouse/handover").status())
                .isEqualTo(404);
    }

    /** A URL that is too long to come back to: the way there is a URL as well. */
    @Test
    void fromALongUrlOneComesBackToTheStart() {
        RawReply page = loginPage(browser, SHOP, "/cart?x=" + "y".repeat(4_000));
        assertThat(browser.follow(logIn(browser, page)).header("location")).isEqualTo("/");
    }
}
