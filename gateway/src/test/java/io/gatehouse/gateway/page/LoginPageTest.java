package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.Beginning;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.message.Verifiers;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.gateway.http.RawReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The login page, and what becomes of what somebody writes into it. */
class LoginPageTest extends PageCase {
    private Sessions.Begin begun() {
        return gateway.node.askedOnce(Sessions.Begin.class);
    }

    @Test
    void whoHasNoSessionIsShownThePage() {
        RawReply page = browser.get(AUTHORIZE);

        assertPage(page, 200, "Log in");
        assertThat(page.body()).contains("Paper &lt;Boat&gt;").contains("action=\"/login\"");
        assertThat(page.header("content-security-policy"))
                .contains("; form-action 'self' https://app.example.org; ")
                .doesNotContain("script-src");
        assertThat(page.header("set-cookie"))
                .matches(BROWSER + "=[A-Za-z0-9_-]{24}; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertThat(page.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(12 * 1024);
    }

    /** Nothing is asked of the store but who the client is. */
    @Test
    void nothingIsStoredForWhoHasNotLoggedIn() {
        browser.get(AUTHORIZE);

        assertThat(gateway.node.asked.stream()
                        // the process asks for logouts to deliver and says which keys it knows, whatever browsers do
                        .filter(asked -> !(asked instanceof Logouts) && !(asked instanceof Verifiers))
                        .map(asked -> asked.getClass().getSimpleName()))
                .containsOnly("Find", "Read", "Get");
    }

    @Test
    void aBrowserKeepsItsCookie() {
        browser.get(AUTHORIZE);

        assertThat(browser.get(AUTHORIZE).has("set-cookie")).isFalse();
    }

    @Test
    void aLoginLeadsBackToTheRequest() {
        consented.add("web");
        RawReply reply = logIn(browser, AUTHORIZE);

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("location")).startsWith("/oauth2/authorize?resume=");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.header("set-cookie"))
                .matches(SESSION + "=[A-Za-z0-9_-]{67}; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertCode(browser.follow(reply));
        assertThat(begun().remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(begun().current()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ada, USERNAME, ada",
        "' ada ', USERNAME, ada",
        "ada@example.org, EMAIL, ada@example.org",
        "@ada, USERNAME, @ada",
        "ada@, USERNAME, ada@",
        "+15550100, PHONE, +15550100",
        "+1 (555) 01-00, PHONE, +15550100",
        "15550100, USERNAME, 15550100",
        "+1555ada, USERNAME, +1555ada"
    })
    void oneFieldTakesNameAddressAndNumber(String written, LoginName.Kind kind, String value) {
        submit(browser, browser.get(AUTHORIZE), written, PASSWORD);

        assertThat(begun().loginName()).isEqualTo(new LoginName(kind, value));
    }

    @Test
    void aWrongPasswordIsSaidOnTheSamePage() {
        RawReply page = submit(browser, browser.get(AUTHORIZE), "a\"da", "wrong");

        assertPage(page, 400, "Log in");
        assertThat(page.body())
                .contains("role=\"alert\">User name or password is not right. Please try again.<")
                .contains("value=\"a&#34;da\"")
                .doesNotContain("wrong");
        assertThat(page.has("set-cookie")).isFalse();
        consented.add("web");
        assertCode(browser.follow(submit(browser, page, "ada", PASSWORD)));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, still waiting",
        "SUSPENDED, not active",
        "DEACTIVATED, not active",
        "BLOCKED, not active",
        "EMAIL_NOT_VERIFIED, not been confirmed",
        "PHONE_NOT_VERIFIED, not been confirmed",
        "CLIENT_NOT_ALLOWED, does not take part"
    })
    void anAccountThatMayNotIsToldWhy(Rejection reason, String text) {
        gateway.node.on(Sessions.Begin.class, begin -> new Beginning.Rejected(reason));
        RawReply page = logIn(browser, AUTHORIZE);

        assertPage(page, 400, "Log in");
        assertThat(page.body()).contains(text);
    }

    @Test
    void anEmptyFieldIsNotAsked() {
        RawReply page = browser.get(AUTHORIZE);

        assertThat(submit(browser, page, "", PASSWORD).body()).contains("Please fill in both fields.");
        assertThat(submit(browser, page, "ada", "").body()).contains("Please fill in both fields.");
        assertThat(gateway.node.asked(Sessions.Begin.class)).isEmpty();
    }

    @Test
    void whatNobodyCanHaveIsNotAsked() {
        RawReply page = browser.get(AUTHORIZE);

        assertThat(submit(browser, page, "a".repeat(201), PASSWORD).body()).contains("is not right");
        assertThat(submit(browser, page, "ada", "\u00e4".repeat(513)).body()).contains("is not right");
        assertThat(gateway.node.asked(Sessions.Begin.class)).isEmpty();
        submit(browser, page, "a".repeat(200), "\u00e4".repeat(512));
        assertThat(gateway.node.asked(Sessions.Begin.class)).hasSize(1);
    }

    @Test
    void tooManyAttemptsAreSaidOnTheSamePage() {
        gateway.node.failing(Sessions.Begin.class, new OAuthError.Throttled(Duration.ofSeconds(7)));
        RawReply page = logIn(browser, AUTHORIZE);

        assertPage(page, 429, "Log in");
        assertThat(page.header("retry-after")).isEqualTo("7");
        assertThat(page.body()).contains("There have been too many attempts. Please try again in 7 seconds.");
    }

    @Test
    void aStoreThatIsGoneIsSaidOnTheSamePage() {
        gateway.node.failing(Sessions.Begin.class, new OAuthError.Unavailable("store"));
        RawReply page = logIn(browser, AUTHORIZE);

        assertPage(page, 503, "Log in");
        assertThat(page.header("retry-after")).isEqualTo("1");
        assertThat(page.body()).contains("Logging in does not work right now");
    }

    @Test
    void ourOwnFailureShowsItsIncidentOnly() {
        gateway.node.failing(Sessions.Begin.class, new OAuthError.Defect("inc-1"));

        assertErrorPage(logIn(browser, AUTHORIZE), 500, "inc-1");
    }

    @Test
    void withoutARequestALoginLeadsToTheAccount() {
        RawReply page = browser.get("/login");

        assertPage(page, 200, "Log in");
        assertThat(page.body()).contains("to see your account");
        assertThat(page.header("content-security-policy")).contains("; form-action 'self'; ");
        RawReply reply = submit(browser, page, "ada", PASSWORD);
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("location")).isEqualTo("/account");
        assertThat(browser.cookies).containsKey(SESSION);
    }

    @Test
    void theBrowserSpeaksGermanAndTheClientMayKnowBetter() {
        assertThat(browser.get(AUTHORIZE, "Accept-Language: de-AT,en;q=0.5").body())
                .contains("<html lang=\"de\">");
        assertThat(browser.get(AUTHORIZE + "&ui_locales=en", "Accept-Language: de")
                        .body())
                .contains("<html lang=\"en\">");
    }

    @Test
    void theClientsHintIsInTheField() {
        assertThat(browser.get(AUTHORIZE + "&login_hint=ada%40example.org").body())
                .contains("value=\"ada@example.org\"");
    }

    @Test
    void onlyAFormIsRead() {
        RawReply page = browser.get(AUTHORIZE);
        String box = TestBrowser.field(page, "request");
        String json = "{\"username\":\"ada\",\"password\":\"correct horse\",\"request\":\"" + box + "\"}";

        assertErrorPage(
                gateway.postJson("/login", json, "Cookie: " + BROWSER + "=" + browser.cookies.get(BROWSER)),
                400,
                "must be a form");
        assertThat(gateway.node.asked(Sessions.Begin.class)).isEmpty();
    }

    @Test
    void theDeviceIsNamedInAFewWords() {
        RawReply page = browser.get(AUTHORIZE);
        browser.post(
                "/login",
                TestBrowser.form(
                        "username", "ada", "password", PASSWORD, "request", TestBrowser.field(page, "request")),
                "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 "
                        + "x".repeat(900));

        assertThat(begun().device()).contains("Firefox").contains("Linux").hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void aPathHasNoOtherMethod() {
        for (String path : List.of("/oauth2/authorize", "/login", "/consent")) {
            RawReply reply = gateway.exchange("PUT", path, "");
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("content-type")).isEqualTo("text/html; charset=utf-8");
        }
        assertThat(gateway.get("/consent").status()).isEqualTo(405);
    }
}
