package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.message.Users.Authentication.Rejected;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store vouches, then the grant is written while the token is signed; nothing half done is left. */
class PasswordLoginTest {
    private static final Users.Authenticate REQUEST = new Users.Authenticate(
            "main",
            new LoginName(LoginName.Kind.USERNAME, "ada"),
            Secret.of("password"),
            "gatehouse.login",
            TokenFamily.LOGIN,
            Scope.EMPTY,
            "127.0.0.1");

    private final TestNode node = new TestNode();
    private PasswordLogin logins;

    @BeforeEach
    void start() {
        node.on(Users.Authenticate.class, request -> new Authenticated(Samples.ticket("gatehouse.login", "openid")));
        node.on(Issuer.Issue.class, issue -> Samples.issued(issue.scope()));
        node.on(Grants.Open.class, open -> new Grants.Opened(TestClock.START.plus(Duration.ofDays(7))));
        node.on(Grants.Revoke.class, revoke -> new Grants.Revoked(Grants.Outcome.REVOKED, List.of()));
        logins = node.protocol(node.knowledge()).logins();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Future<TokenResponse> login() {
        return logins.login(REQUEST, reason -> new IllegalArgumentException(reason.name()));
    }

    @Test
    void aLoginGivesBothTokens() {
        TokenResponse response = await(login());

        RefreshToken given = RefreshToken.parse(response.refreshToken().reveal());
        assertThat(given.grant()).isEqualTo(Samples.GRANT);
        assertThat(node.askedOnce(Users.Authenticate.class)).isEqualTo(REQUEST);
        assertThat(node.askedOnce(Grants.Open.class))
                .isEqualTo(new Grants.Open(
                        Samples.ticket("gatehouse.login", "openid"), given.familyDigest(), given.secretDigest()));
        assertThat(node.askedOnce(Issuer.Issue.class))
                .isEqualTo(new Issuer.Issue(
                        "main", new ByTicket(Samples.ticket("gatehouse.login", "openid")), Scope.parse("openid")));
        assertThat(response.accessToken().reveal()).isEqualTo("access-token");
        assertThat(node.asked(Grants.Revoke.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void aRejectionIsWordedByTheApi(Rejection reason) {
        node.on(Users.Authenticate.class, request -> new Rejected(reason));

        assertThatThrownBy(() -> await(login()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason.name());
        assertThat(node.asked(Issuer.Issue.class)).isEmpty();
        assertThat(node.asked(Grants.Open.class)).isEmpty();
    }

    @Test
    void aThrottledLoginStaysOne() {
        OAuthError throttled = new OAuthError.Throttled(Duration.ofSeconds(42));
        node.failing(Users.Authenticate.class, throttled);

        assertThat(refusal(login())).isEqualTo(throttled);
    }

    @Test
    void aGrantWhoseTokenWasNotSignedIsWithdrawn() {
        node.failing(Issuer.Issue.class, new OAuthError.Unavailable("token"));

        assertThat(refusal(login())).isEqualTo(new OAuthError.Unavailable("token"));
        Grants.Open opened = node.askedOnce(Grants.Open.class);
        assertThat(node.askedOnce(Grants.Revoke.class))
                .isEqualTo(new Grants.Revoke("main", "gatehouse.login", Samples.GRANT, opened.familySecret()));
    }

    /** Else the withdrawal could overtake the write that it is to undo. */
    @Test
    void theWithdrawalWaitsForTheWrite() {
        Promise<Grants.Opened> write = Promise.promise();
        node.failing(Issuer.Issue.class, new OAuthError.Unavailable("token"));
        node.onLater(Grants.Open.class, open -> write.future());
        Future<TokenResponse> login = login();
        TestNode.eventually(
                "the write is underway", () -> !node.asked(Grants.Open.class).isEmpty());
        await(node.vertx.timer(100));
        assertThat(node.asked(Grants.Revoke.class)).isEmpty();
        assertThat(login.isComplete()).isFalse();
        write.complete(new Grants.Opened(TestClock.START));

        assertThat(refusal(login)).isEqualTo(new OAuthError.Unavailable("token"));
        assertThat(node.asked(Grants.Revoke.class)).hasSize(1);
    }

    @Test
    void aGrantThatWasNotWrittenGivesNoToken() {
        node.failing(Grants.Open.class, new OAuthError.Unavailable("store"));

        assertThat(refusal(login())).isEqualTo(new OAuthError.Unavailable("store"));
        // The write may have happened all the same: its answer may be what was lost.
        assertThat(node.asked(Grants.Revoke.class)).hasSize(1);
    }

    @Test
    void aFailedWithdrawalDoesNotHideTheFirstFailure() {
        node.failing(Issuer.Issue.class, new OAuthError.Unavailable("token"));
        node.failing(Grants.Revoke.class, new OAuthError.Defect("x"));

        assertThat(refusal(login())).isEqualTo(new OAuthError.Unavailable("token"));
    }
}
