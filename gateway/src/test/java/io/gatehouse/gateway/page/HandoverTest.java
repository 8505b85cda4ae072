package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.gateway.http.RawReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On its way to a service, a session gets into no other hands, and nobody is sent anywhere but to where he came from. */
class HandoverTest extends ServiceCase {
    private final ServiceBrowser other = new ServiceBrowser(gateway);

    private RawReply handover(ServiceBrowser who, String host) {
        return logIn(who, loginPage(who, host, "/cart"));
    }

    private static String state(RawReply reply) {
        String location = reply.header("location");
        return location.substring(location.indexOf("state=") + 6);
    }

    private void assertNothing(ServiceBrowser who, RawReply reply) {
        assertThat(reply.status()).as(reply.toString()).isIn(303, 400);
        if (reply.status() == 303) {
            assertThat(reply.header("location")).isEqualTo("/cart");
        }
        assertThat(who.jar(SHOP)).doesNotContainKey(SERVICE);
        assertThat(who.visit(SHOP, "/cart").status()).isEqualTo(302);
    }

    @Test
    void aCodeCountsOnce() {
        RawReply handover = handover(browser, SHOP);
        String nonce = browser.jar(SHOP).get(NONCE);
        assertThat(browser.follow(handover).status()).isEqualTo(303);
        browser.jar(SHOP).clear();
        browser.jar(SHOP).put(NONCE, nonce);
        RawReply again = browser.follow(handover);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).contains("works only once").contains("href=\"/cart\"");
        assertNothing(browser, again);
        OneTimeValues.Spend spend =
                gateway.node.asked(OneTimeValues.Spend.class).getFirst();
        assertThat(spend.kind()).isEqualTo(OneTimeValues.Kind.HANDOVER);
        assertThat(spend.owner()).isEqualTo(SHOP);
        assertThat(spend.until()).isAfter(now().plusSeconds(30));
    }

    @Test
    void aCodeIsGoodForHalfAMinute() {
        RawReply handover = handover(browser, SHOP);
        gateway.node.clock.pass(Duration.ofSeconds(30));
        assertNothing(browser, browser.follow(handover));
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    /** Logging somebody in as somebody else, or out of whose history the code was taken. */
    @Test
    void aCodeIsOfNoUseToAnotherBrowser() {
        RawReply handover = handover(browser, SHOP);
        RawReply withoutCookie = other.follow(handover);
        assertThat(withoutCookie.status()).isEqualTo(400);
        assertThat(withoutCookie.body()).contains("keeps no cookies");
        other.visit(SHOP, "/cart");
        assertNothing(other, other.follow(handover));
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
        assertThat(browser.follow(handover).status())
                .as("it is still there for its own")
                .isEqualTo(303);
    }

    @Test
    void aCodeOfOneServiceOpensNoOther() {
        RawReply handover = handover(browser, WIKI);
        String there = handover.header("location").replace(WIKI, SHOP);
        browser.jar(SHOP).putAll(browser.jar(WIKI));
        RawReply reply = browser.open(there);
        assertThat(reply.status()).isEqualTo(400);
        assertNothing(browser, reply);
        RawReply visit = browser.visit(SHOP, "/cart");
        assertNothing(browser, browser.open(there.substring(0, there.indexOf("state=")) + "state=" + state(visit)));
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @Test
    void aBoxIsNotTakenForAnother() {
        RawReply handover = handover(browser, SHOP);
        String location = handover.header("location");
        String code = location.substring(location.indexOf("code=") + 5, location.indexOf('&'));
        browser.jar(SHOP).put(SERVICE, code);
        assertThat(browser.visit(SHOP, "/cart").status()).isEqualTo(302);
        browser.jar(SHOP).remove(SERVICE);
        String base = location.substring(0, location.indexOf('?'));
        for (String query : new String[] {
            "?code=" + state(handover) + "&state=" + state(handover),
            "?code=" + code + "&state=" + code,
            "?state=" + state(handover),
            "?code=" + code,
            "?code=x&state=x",
            "",
        }) {
            assertNothing(browser, browser.open(base + query));
        }
        browser.open(location);
        String kept = browser.jar(SHOP).remove(SERVICE);
        browser.visit(SHOP, "/cart");
        assertNothing(browser, browser.open(base + "?code=" + kept + "&state=" + state(handover)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "/\\evil.example/",
                "/%2f/evil.example",
                "/%5cevil.example",
                "/..//evil.example",
                "https://evil.example/",
                "/cart\tx",
            })
    void aPathThatABrowserCouldTakeForAnotherPlaceIsRefusedAtOnce(String target) {
        RawReply reply = browser.visit(SHOP, target);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.has("location")).isFalse();
    }

    /** Who knows a path of ours knows no way to make it lead elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?state=",
                "?state=x",
                "?next=https://evil.example/",
                "?state=https://evil.example/",
                "?host=evil.example",
                "?redirect_uri=https://evil.example/&state=x",
            })
    void withoutABoxOfOursNobodyIsSentAnywhere(String query) {
        arrive(browser, SHOP, "/cart");
        RawReply reply = browser.open(ISSUER + "/login/handover" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.has("location")).isFalse();
        assertThat(reply.body()).doesNotContain("evil.example");
    }

    @Test
    void theBoxOfAnotherTenantIsNone() {
        RawReply visit = browser.visit("branch.example.net", "/");
        assertThat(browser.open(visit.header("location").replace("/t/shop", "")).status())
                .isEqualTo(400);
        RawReply own = browser.visit(SHOP, "/");
        assertThat(browser.open(own.header("location").replace("/login/", "/t/shop/login/"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aVisitIsRememberedForAQuarterOfAnHour() {
        RawReply visit = browser.visit(SHOP, "/");
        gateway.node.clock.pass(Duration.ofMinutes(15));
        RawReply reply = browser.follow(visit);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("This link is too old");
    }

    /** Two windows are opened at once, as browsers do that begin where they ended. */
    @Test
    void ofTwoWindowsBothArrive() {
        RawReply first = browser.visit(SHOP, "/cart");
        browser.jar(SHOP).clear();
        RawReply second = browser.visit(SHOP, "/list");
        RawReply slow = logIn(browser, browser.follow(first));
        RawReply fast = browser.follow(second);
        assertThat(browser.follow(fast).header("location")).isEqualTo("/list");
        assertThat(browser.follow(slow).header("location")).isEqualTo("/cart");
        assertAda(browser.visit(SHOP, "/cart"));
    }

    @Test
    void whereTheSessionEndedOnTheWayTheServiceAsksAgain() {
        RawReply handover = handover(browser, SHOP);
        living("main").clear();
        RawReply reply = browser.follow(handover);
        assertThat(reply.header("location")).isEqualTo("/cart");
        assertThat(browser.jar(SHOP)).doesNotContainKey(SERVICE);
    }

    @Test
    void nothingOfItIsSentByHead() {
        assertThat(gateway.exchangeAt(SHOP, "HEAD", "/.gatehouse/handover", null)
                        .status())
                .isEqualTo(405);
        assertThat(gateway.exchangeAt("login.example.org", "HEAD", "/login/handover", null)
                        .status())
                .isEqualTo(405);
    }
}
