package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static io.gatehouse.gateway.oauth.Tokens.claims;
import static io.gatehouse.gateway.oauth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Outcome;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.SequencedDenial;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 7009: a 200 means that it is refused from now on; only its own client may revoke a token. */
class RevocationServiceTest {
    private final TestNode node = new TestNode();
    private final RefreshToken refreshToken = RefreshToken.first(Samples.GRANT);
    private final AuthenticatedClient web = Samples.authenticated(Samples.client("web"));
    private Protocol services;

    @BeforeEach
    void start() {
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
        node.on(
                Revocations.DenyToken.class,
                deny -> new Revocations.Denied(List.of(node.log.append(TestLog.denial(Kind.TOKEN, deny.jti(), 0)))));
        services = node.protocol(node.knowledge());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void revoke(String token) {
        await(services.revocation().revoke(web, token));
    }

    private Code refusalOf(String token) {
        return ((OAuthError.Protocol) refusal(services.revocation().revoke(web, token))).code();
    }

    private static String accessToken(String clientId) {
        return signed(claims("client_id", clientId));
    }

    @Test
    void anAccessTokenIsRefusedAtOnceHere() {
        String token = accessToken("web");
        await(services.inspector().inspect("main", token));
        revoke(token);

        assertThat(refusal(services.inspector().inspect("main", token))).isInstanceOf(OAuthError.Protocol.class);
        assertThat(node.askedOnce(Revocations.DenyToken.class))
                .isEqualTo(
                        new Revocations.DenyToken("main", "web", "jti-1", TestClock.START.plusSeconds(600), "gid-1"));
    }

    @Test
    void anotherClientsAccessTokenStays() {
        String token = accessToken("other");

        assertThat(refusalOf(token)).isEqualTo(Code.UNAUTHORIZED_CLIENT);
        assertThat(node.asked(Revocations.DenyToken.class)).isEmpty();
        await(services.inspector().inspect("main", token));
    }

    @Test
    void aTokenThatIsNotValidIsRevokedAlready() {
        String token = accessToken("web");
        revoke("nonsense");
        revoke("");
        revoke("x".repeat(50_000));
        revoke(token + "x");
        revoke(token);
        revoke(token);
        node.clock.pass(Duration.ofMinutes(10));
        revoke(accessToken("other"));

        assertThat(node.asked(Revocations.DenyToken.class)).hasSize(1);
    }

    @Test
    void aRefreshTokenTakesItsGrantAlong() {
        SequencedDenial ofGrant = new SequencedDenial(1, TestLog.denial(Kind.GRANT, "gid-1", 0));
        node.on(Grants.Revoke.class, revoke -> new Grants.Revoked(Outcome.REVOKED, List.of(ofGrant)));
        String accessToken = accessToken("web");
        await(services.inspector().inspect("main", accessToken));
        revoke(refreshToken.encode().reveal());

        assertThat(node.askedOnce(Grants.Revoke.class))
                .isEqualTo(new Grants.Revoke("main", "web", Samples.GRANT, refreshToken.familyDigest()));
        assertThat(refusal(services.inspector().inspect("main", accessToken))).isInstanceOf(OAuthError.Protocol.class);
    }

    @Test
    void anotherClientsRefreshTokenStays() {
        node.on(Grants.Revoke.class, revoke -> new Grants.Revoked(Outcome.FOREIGN, List.of()));

        assertThat(refusalOf(refreshToken.encode().reveal())).isEqualTo(Code.UNAUTHORIZED_CLIENT);
    }

    @Test
    void anUnknownRefreshTokenIsRevokedAlready() {
        node.on(Grants.Revoke.class, revoke -> new Grants.Revoked(Outcome.UNKNOWN, List.of()));

        revoke(refreshToken.encode().reveal());
    }

    /** CVE-2020-15223: a revocation that failed must not look like one that worked. */
    @Test
    void aRevocationThatFailedDoesNotSucceed() {
        node.failing(Grants.Revoke.class, new OAuthError.Unavailable("store"));
        node.failing(Revocations.DenyToken.class, new OAuthError.Unavailable("store"));
        String token = accessToken("web");

        assertThat(refusal(
                        services.revocation().revoke(web, refreshToken.encode().reveal())))
                .isEqualTo(new OAuthError.Unavailable("store"));
        assertThat(refusal(services.revocation().revoke(web, token))).isEqualTo(new OAuthError.Unavailable("store"));
        await(services.inspector().inspect("main", token));
    }

    @Test
    void aTokenThatCantBeJudgedIsNotRevoked() {
        node.failing(VerificationKeys.Get.class, new OAuthError.Unavailable("token"));

        assertThat(refusal(services.revocation().revoke(web, accessToken("web"))))
                .isEqualTo(new OAuthError.Unavailable("token"));
    }
}
