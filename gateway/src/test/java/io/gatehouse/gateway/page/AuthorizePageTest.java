package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization endpoint over HTTP: how its answers come to the client, and what only the person is told. */
class AuthorizePageTest extends PageCase {
    private void beLoggedIn() {
        consented.add("web");
        logIn(browser, AUTHORIZE);
    }

    /** One message to the store, and no page. */
    @Test
    void aSessionAndARememberedConsentGetACodeAtOnce() {
        beLoggedIn();
        browser.get(AUTHORIZE);
        int before = gateway.node.asked.size();
        RawReply reply = browser.get(AUTHORIZE);

        assertThat(reply.status()).isEqualTo(302);
        assertCode(reply);
        assertThat(reply.has("set-cookie")).isFalse();
        assertThat(reply.body()).isEmpty();
        assertThat(gateway.node.asked.stream().skip(before).filter(asked -> !(asked instanceof Logouts)))
                .hasSize(1)
                .allMatch(asked -> asked instanceof Codes.PutBySession);
    }

    @Test
    void aCodeMayComeInTheFragment() {
        beLoggedIn();

        assertThat(browser.get(AUTHORIZE + "&response_mode=fragment").header("location"))
                .startsWith(CALLBACK + "#code=")
                .contains("&state=a+b%26c&iss=https%3A%2F%2Flogin.example.org");
    }

    @Test
    void aCodeMayComeByAForm() {
        beLoggedIn();
        RawReply page = browser.get(AUTHORIZE + "&response_mode=form_post");

        assertPage(page, 200, "One moment");
        assertThat(action(page)).isEqualTo(CALLBACK);
        assertThat(TestBrowser.field(page, "code")).isNotEmpty();
        assertThat(TestBrowser.field(page, "state")).isEqualTo("a b&amp;c");
        assertThat(page.body()).contains("<script src=\"/assets/submit.js\" defer></script>");
        assertThat(page.header("content-security-policy"))
                .contains("; form-action 'self' https://app.example.org; script-src 'self'; ");
        assertThat(browser.get("/assets/submit.js").header("content-type")).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void aRedirectUriWithAQueryKeepsIt() {
        gateway.node.on(
                Clients.Find.class,
                find -> Samples.found(client("main", AuthMethod.CLIENT_SECRET_BASIC, CALLBACK, CALLBACK + "?shop=1")));
        beLoggedIn();
        String query = REQUEST.replace("callback", "callback%3Fshop%3D1");

        assertThat(browser.get("/oauth2/authorize?" + query).header("location")).startsWith(CALLBACK + "?shop=1&code=");
    }

    @Test
    void theClientIsToldWhatItDidWrong() {
        RawReply reply = browser.get(AUTHORIZE.replace("response_type=code", "response_type=token"));

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("location")).startsWith(CALLBACK + "?error=unsupported_response_type&");
        assertThat(browser.get(AUTHORIZE + "&prompt=none").header("location"))
                .startsWith(CALLBACK + "?error=login_required&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "client_id=nobody&redirect_uri=https%3A%2F%2Fevil.example%2F&response_type=code",
                "client_id=web&redirect_uri=https%3A%2F%2Fevil.example%2F&response_type=code",
                "client_id=web&client_id=web",
                "client_id=%"
            })
    void onlyThePersonIsToldWhereNobodyCanBeSentAnywhere(String query) {
        RawReply reply = browser.get("/oauth2/authorize?" + query);

        assertErrorPage(reply, 400, "a request that we do not understand");
        assertThat(reply.body()).doesNotContain("evil.example");
    }

    @Test
    void whatIsTooLongIsNotRead() {
        String padding = "&x=" + "a".repeat(5_000 - REQUEST.length() - 3);
        assertPage(browser.get(AUTHORIZE + padding), 200, "Log in");

        assertErrorPage(browser.get(AUTHORIZE + padding + "a"), 414, "too large");
        assertErrorPage(browser.post("/oauth2/authorize", REQUEST + padding + "a"), 414, "too large");
    }

    @Test
    void aFormIsSentOnToTheSameByGet() {
        RawReply reply = browser.post("/oauth2/authorize", REQUEST + "&x=<\"\u00c3\u00a4>", "Cookie: a=b");

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("location")).isEqualTo(AUTHORIZE + "&x=%3C%22%C3%A4%3E");
        assertThat(reply.has("set-cookie")).isFalse();
        beLoggedIn();
        assertCode(browser.follow(browser.post("/oauth2/authorize", REQUEST)));
    }

    @Test
    void aHeadRequestMakesNoCode() {
        beLoggedIn();
        int before = gateway.node.asked(Codes.PutBySession.class).size();

        assertThat(gateway.exchange("OPTIONS", AUTHORIZE, null).status()).isEqualTo(405);
        assertThat(gateway.exchange("OPTIONS", AUTHORIZE, null).header("allow")).isEqualTo("GET, POST");
        assertThat(gateway.node.asked(Codes.PutBySession.class)).hasSize(before);
    }

    @Test
    void aPartThatIsGoneIsSaidWithAPage() {
        beLoggedIn();
        gateway.node.failing(Codes.PutBySession.class, new OAuthError.Unavailable("store"));
        RawReply reply = browser.get(AUTHORIZE);

        assertErrorPage(reply, 503, "not available right now");
        assertThat(reply.header("retry-after")).isEqualTo("1");
    }

    @Test
    void aResumptionThatIsNoneIsRefused() {
        assertTooOld(browser.get("/oauth2/authorize?resume=x"));
        browser.get(AUTHORIZE);
        assertTooOld(browser.get("/oauth2/authorize?resume=" + "A".repeat(7_000)));
    }

    @Test
    void theSecondLoginThatPromptAsksForIsAskedOnce() {
        beLoggedIn();
        gateway.node.clock.pass(Duration.ofSeconds(1));
        RawReply page = browser.get(AUTHORIZE + "&prompt=login");
        assertPage(page, 200, "Log in");
        assertThat(page.body()).contains("Please log in once more to go on to");

        assertCode(browser.follow(submit(browser, page, "ada", PASSWORD)));
    }

    @Test
    void theVendorsPathLeadsThroughTheSamePages() {
        String path = "/api/authorize.do?response_type=code&client_id=web&redirect_uri="
                + "https%3A%2F%2Fapp.example.org%2Fcallback&data=order+7";
        RawReply consent = browser.follow(logIn(browser, path));
        assertPage(consent, 200, "Paper &lt;Boat&gt; asks for access");
        RawReply reply = decide(browser, consent, "allow");

        assertThat(reply.header("location")).startsWith(CALLBACK + "?code=").endsWith("&data=order+7");
        assertThat(gateway.node.asked(Codes.PutBySession.class).getLast().family())
                .isEqualTo(TokenFamily.BABELBIRD);
        assertErrorPage(browser.get(path.replace("web", "nobody")), 400, "do not understand");
        assertThat(browser.get(path.replace("=code", "=token")).header("location"))
                .isEqualTo(CALLBACK + "?error=unsupported_response_type&error_description="
                        + "response_type+must+be+code&data=order+7");
        assertThat(browser.get(path.replace("app.example", "evil.example")).status())
                .isEqualTo(400);
    }
}
