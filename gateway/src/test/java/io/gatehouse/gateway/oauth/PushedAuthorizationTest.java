package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.RequestDemands;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store is asked about pushed requests, and when. */
class PushedAuthorizationTest extends StepCase {
    private static final ClientCredentials WEB =
            new ClientCredentials(AuthMethod.CLIENT_SECRET_POST, "web", Secret.of(Samples.SECRET));
    private static final String ADDRESS = "203.0.113.7";

    @BeforeEach
    void keepsAll() {
        node.on(PushedRequests.Push.class, push -> new PushedRequests.Pushed(push.expiresAt()));
    }

    @Test
    void whatIsKeptIsTheRequestWithoutItsCredentials() {
        PushedAuthorization.Pushed pushed = push("state", "a b&c=d \u2713", "client_secret", Samples.SECRET);
        PushedRequests.Push kept = node.askedOnce(PushedRequests.Push.class);

        assertThat(kept.tenant()).isEqualTo("main");
        assertThat(kept.clientId()).isEqualTo("web");
        assertThat(kept.remoteAddress()).isEqualTo(ADDRESS);
        assertThat(kept.expiresAt()).isEqualTo(TestClock.START.plus(TestNode.PUSHED_LIFE));
        assertThat(kept.form()).doesNotContain("secret");
        Parameters parameters = Parameters.ofForm(kept.form());
        assertThat(parameters.get("client_id")).isEqualTo("web");
        assertThat(parameters.get("state")).isEqualTo("a b&c=d \u2713");
        assertThat(parameters.get("redirect_uri")).isEqualTo(CodeClient.REDIRECT_URI);
        assertThat(pushed.expiresIn()).isEqualTo(TestNode.PUSHED_LIFE);
        assertThat(PushedRequestUri.read(pushed.requestUri().reveal())).isEqualTo(kept.request());
    }

    @Test
    void whatIsNoGoodIsNotKept() {
        for (Future<?> refused : List.of(
                pushing(WEB, "scope", "admin"),
                pushing(WEB, "redirect_uri", "https://evil.example.org/"),
                pushing(WEB, "request_uri", "urn:ietf:params:oauth:request_uri:x"),
                pushing(WEB, "client_id", "other"),
                pushing(WEB, "claims", "{\"x\":\"" + "\u2713".repeat(3_000) + "\"}"),
                pushing(new ClientCredentials(AuthMethod.NONE, "web", null)),
                pushing(null))) {
            assertThat(TestNode.refusal(refused)).isInstanceOf(OAuthError.Protocol.class);
        }
        assertThat(node.asked(PushedRequests.Push.class)).isEmpty();
    }

    @Test
    void whoPushesTooMuchIsToldSo() {
        OAuthError throttled = new OAuthError.Throttled(Duration.ofSeconds(7));
        node.failing(PushedRequests.Push.class, throttled);
        assertThat(TestNode.refusal(pushing(WEB))).isEqualTo(throttled);
    }

    @Test
    void whatTheStoreDoesNotFindIsOfNoUse() {
        node.on(PushedRequests.Find.class, find -> new PushedRequests.Found(null));
        OAuthError error =
                TestNode.refusal(service.read("main", TokenFamily.OAUTH, request("request_uri", uri().reveal())));
        assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_REQUEST_URI);
    }

    @Test
    void itIsSpentOnceItsCodeIsStored() {
        stores();
        node.on(PushedRequests.Take.class, take -> new PushedRequests.Taken(true));
        AuthorizationRequest request = readPushed();
        assertThat(answered(next(request)).parameters()).containsKey("code").containsEntry("state", STATE);

        PushedRequests.Take taken = node.askedOnce(PushedRequests.Take.class);
        assertThat(taken).isEqualTo(new PushedRequests.Take("main", "web", request.pushed()));
        assertThat(node.asked.indexOf(taken)).isGreaterThan(node.asked.indexOf(put()));
    }

    @Test
    void whoeverComesSecondGetsNoCode() {
        stores();
        node.on(PushedRequests.Take.class, take -> new PushedRequests.Taken(false));
        Step step = next(readPushed());
        assertError(Code.INVALID_REQUEST_URI, step);
        assertThat(answered(step).parameters()).doesNotContainKey("code");
    }

    @Test
    void withoutCodeItIsNotSpent() {
        wantsConsent("");
        assertThat(next(readPushed())).isInstanceOf(Step.Consent.class);
        assertThat(node.asked(PushedRequests.Take.class)).isEmpty();
        assertThat(node.asked(Codes.PutBySession.class)).isNotEmpty();
    }

    @Test
    void whatWasChangedSinceIsToldTheClient() {
        register(CodeClient.named("web").scope("api"));
        node.on(
                PushedRequests.Find.class,
                find -> new PushedRequests.Found(request().form()));
        assertThatExceptionOfType(AuthorizationRefusal.class)
                .isThrownBy(() -> await(service.read("main", TokenFamily.OAUTH, pushed())))
                .satisfies(
                        refusal -> assertThat(refusal.response().parameters()).containsEntry("error", "invalid_scope"));
    }

    @Test
    void whoMustPushMayNotComeByTheBrowserNorByAVendorsPath() {
        register(CodeClient.named("web").requests(new RequestDemands(true, false, null, List.of(), null)));
        assertTold(Code.INVALID_REQUEST);
        assertThatExceptionOfType(AuthorizationRefusal.class)
                .isThrownBy(() -> await(service.read("main", TokenFamily.BABELBIRD, request())));
        assertThat(push().requestUri()).isNotNull();
    }

    private AuthorizationRequest readPushed() {
        node.on(
                PushedRequests.Find.class,
                find -> new PushedRequests.Found(request().form()));
        AuthorizationRequest read = await(service.read("main", TokenFamily.OAUTH, pushed()));
        assertThat(read.pushed()).isNotNull();
        assertThat(read.scope().toString()).isEqualTo("openid profile");
        return read;
    }

    private static Parameters pushed() {
        Parameters parameters = new Parameters();
        parameters.add("client_id", "web");
        parameters.add("request_uri", uri().reveal());
        parameters.add("scope", "admin");
        return parameters;
    }

    private static Secret uri() {
        return PushedRequestUri.of(CodeId.make(TestClock.START).code());
    }

    private PushedAuthorization.Pushed push(String... more) {
        return await(pushing(WEB, more));
    }

    private Future<PushedAuthorization.Pushed> pushing(ClientCredentials credentials, String... more) {
        return pushing.push("main", credentials, request(more), null, ADDRESS);
    }
}
