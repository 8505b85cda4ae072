package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Rotation.Kept;
import io.gatehouse.common.message.Grants.Rotation.Refused;
import io.gatehouse.common.message.Grants.Rotation.Replayed;
import io.gatehouse.common.message.Grants.Rotation.Rotated;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SequencedDenial;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rotate, then sign; what could not be signed is taken back. */
class RefreshServiceTest {
    private final TestNode node = new TestNode();
    private final RefreshToken presented = RefreshToken.first(Samples.GRANT);
    private final String text = presented.encode().reveal();
    private Knowledge knowledge;
    private RefreshService refreshes;

    @BeforeEach
    void start() {
        node.on(Issuer.Issue.class, issue -> Samples.issued(issue.scope()));
        node.on(Grants.Rotate.class, rotate -> new Rotated(Samples.ticket("web", "openid profile"), 7));
        node.on(Grants.Unrotate.class, unrotate -> new Grants.Unrotated(true));
        knowledge = node.knowledge();
        refreshes = node.protocol(knowledge).refreshes();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private TokenResponse refresh() {
        return await(refreshes.refresh("main", "web", text, null));
    }

    private OAuthError refusedRefresh() {
        return refusal(refreshes.refresh("main", "web", text, null));
    }

    private static Code code(OAuthError error) {
        return ((OAuthError.Protocol) error).code();
    }

    @Test
    void aRotationGivesTheSuccessorTheStoreWasToldOf() {
        TokenResponse response = refresh();

        RefreshToken given = RefreshToken.parse(response.refreshToken().reveal());
        Grants.Rotate rotate = node.askedOnce(Grants.Rotate.class);
        assertThat(rotate.tenant()).isEqualTo("main");
        assertThat(rotate.clientId()).isEqualTo("web");
        assertThat(rotate.grant()).isEqualTo(Samples.GRANT);
        assertThat(rotate.familySecret()).isEqualTo(presented.familyDigest()).isEqualTo(given.familyDigest());
        assertThat(rotate.presented()).isEqualTo(presented.secretDigest());
        assertThat(rotate.successor()).isEqualTo(given.secretDigest()).isNotEqualTo(rotate.presented());
        assertThat(response.accessToken().reveal()).isEqualTo("access-token");
        assertThat(response.expiresIn()).isEqualTo(Duration.ofMinutes(10));
        assertThat(response.scope()).isEqualTo(Scope.parse("openid profile"));
    }

    @Test
    void theTicketIsCarriedAsItIs() {
        refresh();

        assertThat(node.askedOnce(Issuer.Issue.class))
                .isEqualTo(new Issuer.Issue(
                        "main", new ByTicket(Samples.ticket("web", "openid profile")), Scope.parse("openid profile")));
        assertThat(node.asked).last().isInstanceOf(Issuer.Issue.class);
    }

    @Test
    void lessScopeMayBeAskedFor() {
        await(refreshes.refresh("main", "web", text, Scope.parse("openid")));

        assertThat(node.askedOnce(Issuer.Issue.class).scope()).isEqualTo(Scope.parse("openid"));
    }

    @Test
    void aReplayGetsTheSameSuccessor() {
        TokenResponse first = refresh();
        Bytes sealed = node.askedOnce(Grants.Rotate.class).sealedSuccessor();
        node.on(Grants.Rotate.class, rotate -> new Replayed(Samples.ticket("web", "openid"), sealed));

        assertThat(refresh().refreshToken()).isEqualTo(first.refreshToken());
        assertThat(refresh().refreshToken()).isEqualTo(first.refreshToken());
    }

    @Test
    void aSuccessorSealedForSomebodyElseDoesNotOpen() {
        Bytes forOther = presented.seal(presented.successor(), "main", "other");
        node.on(Grants.Rotate.class, rotate -> new Replayed(Samples.ticket("web", "openid"), forOther));

        assertThat(code(refusedRefresh())).isEqualTo(Code.INVALID_GRANT);
        assertThat(node.asked(Issuer.Issue.class)).isEmpty();
    }

    @Test
    void withoutRotationThePresentedOneStays() {
        node.on(Grants.Rotate.class, rotate -> new Kept(Samples.ticket("web", "openid")));

        assertThat(refresh().refreshToken()).isEqualTo(presented.encode());
    }

    @Test
    void aRotationThatCouldNotBeSignedIsTakenBack() {
        node.failing(Issuer.Issue.class, new OAuthError.Unavailable("token"));

        assertThat(refusedRefresh()).isEqualTo(new OAuthError.Unavailable("token"));
        assertThat(node.askedOnce(Grants.Unrotate.class)).isEqualTo(new Grants.Unrotate("main", Samples.GRANT, 7));
    }

    @Test
    void scopeThatWasNotGrantedIsRefusedAndTheTokenStaysGood() {
        OAuthError tooWide = new OAuthError.Protocol(Code.INVALID_SCOPE, "too wide");
        node.failing(Issuer.Issue.class, tooWide);

        assertThat(refusal(refreshes.refresh("main", "web", text, Scope.parse("admin"))))
                .isEqualTo(tooWide);
        assertThat(node.asked(Grants.Unrotate.class)).hasSize(1);
    }

    @Test
    void aFailedTakingBackDoesNotHideTheFirstFailure() {
        node.failing(Issuer.Issue.class, new OAuthError.Unavailable("token"));
        node.failing(Grants.Unrotate.class, new OAuthError.Defect("x"));

        assertThat(refusedRefresh()).isEqualTo(new OAuthError.Unavailable("token"));
    }

    @Test
    void onlyARotationIsTakenBack() {
        Bytes sealed = presented.seal(presented.successor(), "main", "web");
        node.failing(Issuer.Issue.class, new OAuthError.Unavailable("token"));
        node.on(Grants.Rotate.class, rotate -> new Replayed(Samples.ticket("web", "openid"), sealed));
        refusedRefresh();
        node.on(Grants.Rotate.class, rotate -> new Kept(Samples.ticket("web", "openid")));
        refusedRefresh();

        assertThat(node.asked(Grants.Unrotate.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void whateverWasWrongIsInvalidGrant(Refusal reason) {
        node.on(Grants.Rotate.class, rotate -> new Refused(reason, List.of()));

        assertThat(code(refusedRefresh())).isEqualTo(Code.INVALID_GRANT);
        assertThat(node.asked(Issuer.Issue.class)).isEmpty();
    }

    @Test
    void whatDiedByReuseIsDeniedHereAtOnce() {
        SequencedDenial ofGrant = new SequencedDenial(1, TestLog.denial(Kind.GRANT, "gid-1", 0));
        node.on(Grants.Rotate.class, rotate -> new Refused(Refusal.REUSED, List.of(ofGrant)));
        assertThat(knowledge.revocations().denies(Tokens.parsed("jti-1"))).isFalse();
        refusedRefresh();

        assertThat(knowledge.revocations().denies(Tokens.parsed("jti-1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "e30.e30.e30"})
    void whatIsNoRefreshTokenIsRefusedUnasked(String nonsense) {
        assertThat(code(refusal(refreshes.refresh("main", "web", nonsense, null))))
                .isEqualTo(Code.INVALID_GRANT);
        assertThat(node.asked(Grants.Rotate.class)).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsNotTheTokensFault() {
        node.failing(Grants.Rotate.class, new OAuthError.Unavailable("store"));

        assertThat(refusedRefresh()).isEqualTo(new OAuthError.Unavailable("store"));
    }
}
