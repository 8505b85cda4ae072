package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Devices.Waiting;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.TestNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may decide about a device, and what can lead there. */
class DevicePageTest extends PageCase {
    private static final String USER_CODE = "WDJB-MJHT";
    private static final Instant END = TestClock.START.plus(Duration.ofMinutes(10));
    private static final CodeId DEVICE = CodeId.make(END).id();

    private Scope scope = Scope.parse("openid profile");
    private boolean disabled;
    private AuthMethod method = AuthMethod.CLIENT_SECRET_BASIC;

    @BeforeEach
    void letADeviceWait() {
        gateway.node
                .on(Clients.Find.class, find -> Samples.found(device(find.tenant())))
                .on(Sessions.Find.class, this::find)
                .on(
                        Devices.Find.class,
                        find -> new Devices.Found(
                                find.userCode().equals(Digest.of("WDJBMJHT"))
                                                && find.tenant().equals("main")
                                        ? new Waiting(DEVICE, "web", scope, null, END)
                                        : null))
                .on(Devices.Decide.class, decide -> new Devices.Decided(true));
    }

    private Client device(String tenant) {
        Client web = client(tenant, method, CALLBACK);
        return new Client(
                web.tenant(),
                web.clientId(),
                web.clientName(),
                web.authMethod(),
                web.secretDigests(),
                null,
                List.of(),
                List.of(Devices.GRANT_TYPE),
                List.of(),
                web.scope(),
                null,
                true,
                disabled,
                0,
                1,
                web.createdAt(),
                null,
                null);
    }

    private Record find(Sessions.Find find) {
        return new Sessions.Found(
                living(find.tenant()).containsKey(find.session())
                        ? new Sessions.Current(
                                find.session().id().sid(),
                                ADA,
                                TestClock.START,
                                List.of("pwd"),
                                TestClock.START.plus(Duration.ofDays(7)))
                        : null);
    }

    private RawReply entry() {
        return browser.cookies.containsKey(SESSION)
                ? browser.get("/device")
                : browser.follow(logIn(browser, "/device"));
    }

    private RawReply question() {
        return type(browser, entry(), USER_CODE);
    }

    private static RawReply type(TestBrowser who, RawReply page, String userCode) {
        return who.post(action(page), TestBrowser.form("user_code", userCode, "box", TestBrowser.field(page, "box")));
    }

    private static RawReply answer(TestBrowser who, RawReply page, String decision) {
        return who.post(action(page), TestBrowser.form("decision", decision, "box", TestBrowser.field(page, "box")));
    }

    private void assertUndecided() {
        assertThat(gateway.node.asked(Devices.Decide.class)).isEmpty();
        assertThat(given()).isEmpty();
    }

    /** But for the question what the consent is, which writes nothing. */
    private List<Codes.PutBySession> given() {
        return gateway.node.asked(Codes.PutBySession.class).stream()
                .filter(put -> put.consent() != Consenting.TO_BE_ASKED)
                .toList();
    }

    @Test
    void whoIsNotLoggedInDoesThatFirst_andComesBackWithTheCodeTypedIn() {
        RawReply login = browser.get("/device?user_code=" + USER_CODE);
        assertPage(login, 200, "Log in");
        assertThat(login.body()).contains("to connect a device");
        RawReply back = submit(browser, login, "ada", PASSWORD);
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("location")).startsWith("/device?resume=").doesNotContain(USER_CODE);
        RawReply page = browser.follow(back);
        assertPage(page, 200, "Connect a device");
        assertThat(page.body()).contains("value=\"" + USER_CODE + "\"");
        assertThat(gateway.node.asked(Devices.Find.class))
                .as("nothing is looked up yet")
                .isEmpty();
        assertUndecided();
    }

    @Test
    void theWayBackOpensInNoOtherBrowser() {
        RawReply back = submit(browser, browser.get("/device?user_code=" + USER_CODE), "ada", PASSWORD);
        TestBrowser other = new TestBrowser(gateway);
        logIn(other, "/device");
        RawReply page = other.get(back.header("location"));
        assertPage(page, 200, "Connect a device");
        assertThat(page.body()).doesNotContain(USER_CODE);
    }

    @Test
    void theQuestionSaysWhoWantsWhatOnWhichDevice() {
        RawReply page = type(browser, entry(), " wdjbmjht ");
        assertPage(page, 200, "Do you want to give Paper &lt;Boat&gt; on your device access?");
        assertThat(page.body())
                .contains(USER_CODE)
                .contains("You are logged in as Ada &lt;Lovelace&gt;.")
                .contains("Do not go on if somebody sent you this code")
                .contains("<li>see your name and the rest of your profile</li>")
                .doesNotContain("Nobody can check");
        assertThat(page.header("content-security-policy")).contains("; form-action 'self'; ");
        assertUndecided();
    }

    @Test
    void scopesAreExplainedInTheOperatorsWords() {
        scope = Scope.parse("api email");
        RawReply page = question();
        assertThat(page.body()).contains("<li>row &lt;your&gt; boats</li>").contains("<li>write to you</li>");
    }

    @Test
    void aClientThatAnybodyCanNameItselfAsIsMarked() {
        method = AuthMethod.NONE;
        assertThat(question().body()).contains("Nobody can check");
    }

    @Test
    void whatIsAllowedIsWrittenUnderAnIdOfItsOwn_thenDecided() {
        RawReply done = answer(browser, question(), "allow");
        assertThat(done.header("location")).isEqualTo("/device?done=allowed");
        assertPage(browser.follow(done), 200, "Your device is connected");
        assertThat(given()).hasSize(1);
        Codes.PutBySession put = given().get(0);
        assertThat(put.code()).isEqualTo(DEVICE.ofDevice()).isNotEqualTo(DEVICE);
        assertThat(put.consent()).isEqualTo(Consenting.GIVEN);
        assertThat(put.consentEpoch()).isEqualTo(1);
        assertThat(put.scope()).isEqualTo(scope);
        assertThat(put.expiresAt()).isEqualTo(END);
        assertThat(put.redirectUri()).isNull();
        Devices.Decide decide = gateway.node.askedOnce(Devices.Decide.class);
        assertThat(decide.allowed()).isTrue();
        assertThat(decide.device()).isEqualTo(DEVICE);
        assertThat(decide.session()).isEqualTo(put.session());
    }

    @Test
    void aCodeThatWasPutBeforeIsNoHindrance() {
        RawReply page = question();
        gateway.node.failing(Codes.PutBySession.class, new OAuthError.Conflict("code"));
        assertThat(answer(browser, page, "allow").header("location")).isEqualTo("/device?done=allowed");
        assertThat(gateway.node.askedOnce(Devices.Decide.class).allowed()).isTrue();
    }

    @Test
    void whatIsDeniedGivesNoCode() {
        RawReply done = answer(browser, question(), "deny");
        assertPage(browser.follow(done), 200, "Your device gets no access");
        assertThat(gateway.node.askedOnce(Devices.Decide.class).allowed()).isFalse();
        assertThat(given()).isEmpty();
    }

    @Test
    void whatWasWithdrawnSinceTheQuestionIsAskedAgain() {
        RawReply first = question();
        consentEpoch++;
        RawReply again = answer(browser, first, "allow");
        assertPage(again, 200, "Do you want to give Paper &lt;Boat&gt; on your device access?");
        assertThat(again.body()).contains(USER_CODE).contains("You are logged in as Ada &lt;Lovelace&gt;.");
        assertThat(gateway.node.asked(Devices.Decide.class)).isEmpty();
        assertThat(answer(browser, again, "allow").header("location")).isEqualTo("/device?done=allowed");
        assertThat(gateway.node.askedOnce(Devices.Decide.class).allowed()).isTrue();
    }

    @Test
    void whatCameTooLateIsSaidSo() {
        RawReply page = question();
        gateway.node.on(Devices.Decide.class, decide -> new Devices.Decided(false));
        assertErrorPage(answer(browser, page, "deny"), 400, "somebody has already decided");
    }

    @Test
    void aWrongCodeIsAskedForAgain() {
        for (String wrong : new String[] {"WDJB-MJHX", "AAAA-AAAA", ""}) {
            RawReply page = type(browser, entry(), wrong);
            assertPage(page, 400, "Connect a device");
            assertThat(page.body()).contains("This code is not known").contains("aria-invalid=\"true\"");
        }
        RawReply typed = type(browser, entry(), "\"><script>alert(1)</script>" + "x".repeat(200));
        assertPage(typed, 400, "Connect a device");
        assertThat(typed.body()).doesNotContain("<script").doesNotContain("x".repeat(41));
        assertThat(gateway.node.asked(Devices.Find.class))
                .as("that could be codes")
                .hasSize(1);
    }

    @Test
    void whoWasWrongTooOftenIsTold() {
        RawReply page = entry();
        gateway.node.failing(Devices.Find.class, new OAuthError.Throttled(Duration.ofSeconds(55)));
        RawReply told = type(browser, page, USER_CODE);
        assertPage(told, 429, "Connect a device");
        assertThat(told.header("retry-after")).isEqualTo("55");
        assertThat(told.body()).contains("Too many codes were wrong. Please try again in 55 seconds, with the code");
    }

    @Test
    void nobodyElseCanSendTheForms() {
        RawReply entry = entry();
        RawReply question = type(browser, entry, USER_CODE);
        TestBrowser other = new TestBrowser(gateway);
        logIn(other, "/device");
        assertTooOld(type(other, entry, USER_CODE));
        assertTooOld(answer(other, question, "allow"));
        other.cookies.put(SESSION, browser.cookies.get(SESSION));
        assertTooOld(answer(other, question, "allow"));
        assertTooOld(new TestBrowser(gateway)
                .post("/device/decision", TestBrowser.form("decision", "allow", "box", "AAAA")));
        assertTooOld(browser.post(
                "/device/decision", TestBrowser.form("decision", "allow", "box", TestBrowser.field(entry, "box"))));
        assertUndecided();
    }

    @Test
    void anotherSessionInTheSameBrowserDoesNotCount() {
        RawReply question = question();
        browser.cookies.remove(SESSION);
        logIn(browser, "/login");
        assertTooOld(answer(browser, question, "allow"));
        assertUndecided();
    }

    @Test
    void aSessionThatEndedMeanwhileLeadsToTheLogin() {
        RawReply entry = entry();
        RawReply question = type(browser, entry, USER_CODE);
        sessions.clear();
        assertPage(type(browser, entry, USER_CODE), 200, "Log in");
        assertPage(answer(browser, question, "allow"), 200, "Log in");
        assertThat(gateway.node.asked(Devices.Decide.class)).isEmpty();
    }

    @Test
    void aClientThatWasSwitchedOffMeanwhileGetsNothing() {
        RawReply question = question();
        disabled = true;
        gateway.node.publish(new Event.ClientChanged("main", "web"));
        TestNode.eventually("known", () -> answer(browser, question, "allow").status() == 400);
        assertPage(type(browser, browser.get("/device"), USER_CODE), 400, "Connect a device");
    }

    @Test
    void theOtherAddressIsTheSamePage() {
        logIn(browser, "/oauth2/device?user_code=" + USER_CODE);
        RawReply page = browser.get("/oauth2/device?user_code=" + USER_CODE);
        assertPage(page, 200, "Connect a device");
        assertThat(action(page)).isEqualTo("/device");
        assertThat(page.body()).contains("value=\"" + USER_CODE + "\"");
    }
}
