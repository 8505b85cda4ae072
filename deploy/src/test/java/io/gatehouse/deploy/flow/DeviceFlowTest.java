package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Devices.State;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.DeviceRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Devices from the first request to the last refresh, and what stops them. */
class DeviceFlowTest {
    private static final String SESSION_BOUND = "openid email";
    private static final String LASTING = "openid email offline_access";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
                - {client_id: demo, client_secret: %1$s, scope: openid email offline_access api, redirect_uris: ["%3$s"],
                   grant_types: [authorization_code, "%2$s", refresh_token]}
                - {client_id: radio, client_secret: %1$s, scope: openid, grant_types: ["%2$s"]}
                - {client_id: tv, token_endpoint_auth_method: none, client_name: Living room, scope: openid email,
                   grant_types: ["%2$s"]}
              users:
                - {username: ada, password: %4$s, email: ada@example.org}
                - {username: eve, password: %4$s}
            """.formatted(
                    RunningNode.DEMO_SECRET, DeviceFlow.GRANT_TYPE, CodeFlow.REDIRECT_URI, RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();
    private final DeviceFlow device = DeviceFlow.demo(caller);
    private final CodeFlow codes = CodeFlow.demo(caller);
    private final DeviceFlow tv = new DeviceFlow(caller, "tv", null);
    private final Person person = new Person(caller.base());

    @Test
    void aDeviceWaitsForItsUserAndGoesOnByItself() throws InterruptedException {
        Answer begun = device.begin(LASTING);
        assertThat(device.poll(begun).error()).isEqualTo("400 authorization_pending");
        DeviceFlow.allow(person, begun);
        Thread.sleep(begun.json().getInteger("interval") * 1000L);
        Answer tokens = device.poll(begun);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("scope")).isEqualTo(LASTING);
        JsonObject claims = BabelBirdCaller.claims(tokens.text("id_token"));
        assertThat(claims.getString("aud")).isEqualTo("demo");
        assertThat(claims.getString("sid")).isNotEmpty();
        assertThat(codes.userinfo(tokens.text("access_token")).json().getString("email"))
                .isEqualTo("ada@example.org");
        Answer further = codes.refresh(tokens.text("refresh_token"));
        assertThat(further.status()).isEqualTo(200);
        assertThat(codes.isActive(further.text("access_token"))).isTrue();
    }

    @Test
    void aPublicDeviceIsMarkedAndGetsNoRefreshTokenItIsNotRegisteredFor() {
        Answer begun = tv.begin(SESSION_BOUND);
        Page question = DeviceFlow.question(person, begun);
        assertThat(question.body())
                .contains("Do you want to give Living room on your device access?")
                .contains("Nobody can check that the app on the device is what it says");
        person.submit(question, "decision", "allow");
        Answer tokens = tv.poll(begun);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.json().containsKey("refresh_token")).isFalse();
    }

    @Test
    void whatWasAllowedBeforeIsAskedAgain() {
        device.tokens(person, SESSION_BOUND);
        Answer begun = device.begin(SESSION_BOUND);
        assertThat(DeviceFlow.question(person, begun).form().action()).isEqualTo("/device/decision");
        assertThat(device.poll(begun).error()).isEqualTo("400 authorization_pending");
    }

    @Test
    void ofManyPollsAtOnceOneGetsTokens() {
        Answer begun = device.begin(SESSION_BOUND);
        DeviceFlow.allow(person, begun);
        List<CompletableFuture<Answer>> polls =
                IntStream.range(0, 64).mapToObj(i -> device.pollLater(begun)).toList();
        List<Answer> answers = polls.stream().map(CompletableFuture::join).toList();
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .extracting(Answer::error)
                .containsOnly("400 slow_down");
    }

    @Test
    void aDecisionCountsOnce() {
        Answer begun = device.begin(SESSION_BOUND);
        Page first = DeviceFlow.question(person, begun);
        Page second = DeviceFlow.question(person, begun);
        assertThat(person.submit(first, "decision", "deny").status()).isEqualTo(200);
        assertThat(person.submit(second, "decision", "allow").body()).contains("somebody has already decided");
        assertThat(device.poll(begun).error()).isEqualTo("400 access_denied");
        assertThat(DeviceFlow.question(person, begun).body()).contains("This code is not known");
    }

    @Test
    void aCodeIsNoDeviceCode_andADeviceCodeNoCode() {
        Answer begun = device.begin(SESSION_BOUND);
        DeviceFlow.allow(person, begun);
        assertThat(codes.redeem(begun.text("device_code")).error()).isEqualTo("400 invalid_grant");
        assertThat(codes.redeemBy(begun.text("device_code"), null).error()).isEqualTo("400 invalid_grant");
        String code = codes.code(person, SESSION_BOUND);
        assertThat(device.poll(code).error()).isEqualTo("400 invalid_grant");
        assertThat(codes.redeem(code).status()).as("not spent").isEqualTo(200);
        assertThat(device.poll(begun).status()).as("not spent").isEqualTo(200);
    }

    @Test
    void aLogoutEndsWhatADeviceGotInTheSession_butForOfflineAccess() {
        Answer bound = device.tokens(person, SESSION_BOUND);
        Answer lasting = device.tokens(person, LASTING);
        Answer waiting = device.begin(LASTING);
        DeviceFlow.allow(person, waiting);
        Page account = person.open("/account");
        PageForm logout = account.forms().stream()
                .filter(form -> form.action().equals("/account/logout"))
                .findFirst()
                .orElseThrow();
        person.submit(account, logout);
        assertThat(codes.isActive(bound.text("access_token"))).isFalse();
        assertThat(codes.refresh(bound.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        assertThat(codes.isActive(lasting.text("access_token"))).isTrue();
        assertThat(codes.refresh(lasting.text("refresh_token")).status()).isEqualTo(200);
        assertThat(device.poll(waiting).error())
                .as("allowed in a session that has ended since")
                .isEqualTo("400 invalid_grant");
    }

    @Test
    void accessThatIsTakenBackEndsWithTheConsent() {
        Answer lasting = device.tokens(person, LASTING);
        withdrawConsent();
        assertThat(codes.refresh(lasting.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    void aQuestionFromBeforeTheWithdrawalDoesNotBringTheConsentBack() {
        device.tokens(person, SESSION_BOUND);
        Answer begun = device.begin(SESSION_BOUND);
        Page question = DeviceFlow.question(person, begun);
        withdrawConsent();
        Page again = person.submit(question, "decision", "allow");
        assertThat(again.form().action()).isEqualTo("/device/decision");
        assertThat(again.body()).contains(begun.text("user_code"));
        assertThat(device.poll(begun).error()).isEqualTo("400 authorization_pending");
        assertThat(person.open("/account").body()).doesNotContain("value=\"demo\"");
        assertThat(person.submit(again, "decision", "allow").body()).contains("Your device is connected");
    }

    private void withdrawConsent() {
        Page account = person.open("/account");
        PageForm withdraw = account.forms().stream()
                .filter(form -> form.action().equals("/account/consents/withdraw"))
                .findFirst()
                .orElseThrow();
        person.submit(account, withdraw, "client_id", "demo");
    }

    @Test
    void whoeverTookTheFormsFromAnotherBrowserDecidesNothing() {
        Answer begun = device.begin(SESSION_BOUND);
        Page question = DeviceFlow.question(person, begun);
        Person stranger = new Person(caller.base());
        stranger.logIn(stranger.open("/device"));
        assertThat(stranger.submit(question, "decision", "allow").status()).isEqualTo(400);
        assertThat(device.poll(begun).error()).isEqualTo("400 authorization_pending");
    }

    /** Row 18: a disabled client or user is refused at the start and at the redemption. */
    @Test
    void aDisabledClientOrUserAndWhatHasExpiredGiveNothing() {
        DeviceFlow radio = new DeviceFlow(caller, "radio", RunningNode.DEMO_SECRET);
        Answer ofRadio = radio.begin("openid");
        DeviceFlow.allow(person, ofRadio);
        Person eve = new Person(caller.base());
        eve.submit(eve.open("/device"), "username", "eve", "password", RunningNode.ADA_PASSWORD);
        Answer ofEve = device.begin(SESSION_BOUND);
        DeviceFlow.allow(eve, ofEve);
        Answer undecided = device.begin(SESSION_BOUND);
        Page question = DeviceFlow.question(eve, undecided);
        CodeId.Made late = CodeId.make(Instant.now());
        NODE.change(store -> store.devices()
                .begin(expired(late.id()), Instant.now().minus(Duration.ofMinutes(10)))
                .compose(begun -> store.clients().disable("main", "radio", Instant.now()))
                .compose(disabled -> store.users().named("main", new LoginName(LoginName.Kind.USERNAME, "eve")))
                .compose(user ->
                        store.users().setState("main", user.profile().subject(), UserState.BLOCKED, Instant.now()))
                .compose(blocked -> Future.succeededFuture()));
        Caller now = NODE.caller();
        DeviceFlow again = DeviceFlow.demo(now);
        DeviceFlow radioAgain = new DeviceFlow(now, "radio", RunningNode.DEMO_SECRET);
        assertThat(radioAgain.poll(ofRadio).error()).isEqualTo("401 invalid_client");
        assertThat(radioAgain.ask("scope", "openid").error()).isEqualTo("401 invalid_client");
        assertThat(again.poll(ofEve).error()).isEqualTo("400 invalid_grant");
        assertThat(again.poll(undecided).error())
                .as("a restart forgets no device")
                .isEqualTo("400 authorization_pending");
        assertThat(again.poll(late.code().reveal()).error()).isEqualTo("400 expired_token");
        assertThat(question.status()).isEqualTo(200);
    }

    private static DeviceRequest expired(CodeId device) {
        Instant end = Instant.now();
        return new DeviceRequest(
                "main",
                "demo",
                device,
                Digest.of("BCDFGHJK"),
                Scope.parse("openid"),
                null,
                Duration.ofSeconds(5),
                null,
                State.PENDING,
                end.minus(Duration.ofMinutes(10)),
                end);
    }
}
