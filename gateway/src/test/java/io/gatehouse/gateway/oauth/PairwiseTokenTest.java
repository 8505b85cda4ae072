package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.verify.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens that tell their clients a pairwise subject: gateways know whose they are, or take them for none. */
class PairwiseTokenTest {
    private static final String SUB = "W9Pliv3-m2oACmT6uiABMQ";
    private static final Instant MIDNIGHT = TestClock.START.plus(Duration.ofMinutes(5));

    private final TestNode node = new TestNode();
    private Knowledge knowledge;
    private TokenInspector inspector;

    @BeforeEach
    void start() {
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
        node.on(PageKeys.Get.class, get -> PageKeySets.of(2, MIDNIGHT));
        knowledge = node.knowledge();
        inspector = node.protocol(knowledge).inspector();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static String token(int day, String jti) {
        return token(jti, UserSeal.seal(PageKeySets.of(day, MIDNIGHT), "main", jti, user()));
    }

    private static String token(String jti, Object usr) {
        Map<String, Object> claims = Tokens.claims("sub", SUB);
        claims.put("jti", jti);
        claims.put("sid", "the sector's");
        claims.put("nep", 1);
        claims.put("usr", usr);
        return Tokens.signed(claims);
    }

    private static UserSeal.User user() {
        return new UserSeal.User(Tokens.SUBJECT, "sid-1");
    }

    private void assertInvalid(String token) {
        OAuthError error = refusal(inspector.inspect("main", token));
        assertThat(error).as(token).isInstanceOf(OAuthError.Protocol.class);
        assertThat(((OAuthError.Protocol) error).code()).as(token).isEqualTo(Code.INVALID_TOKEN);
    }

    @Test
    void bothNamesAreKnown() {
        AccessToken token = await(inspector.inspect("main", token(2, "jti-1")));

        assertThat(token.subject()).isEqualTo(SUB);
        assertThat(token.user()).isEqualTo(Tokens.SUBJECT);
        assertThat(token.sessionId()).isEqualTo("sid-1");
        assertThat(token.actsForUser()).isTrue();
        AccessToken open = await(inspector.inspect("main", Tokens.signed(Tokens.claims())));
        assertThat(open.user()).isEqualTo(open.subject());
    }

    @ParameterizedTest
    @CsvSource({"SUBJECT, " + Tokens.SUBJECT + ", 1", "SESSION, sid-1, 0"})
    void theRealUsersLogoutCounts(Kind kind, String key, long epoch) {
        await(inspector.inspect("main", token(2, "jti-1")));
        node.publish(node.log.push(node.log.append(TestLog.denial(kind, key, epoch))));
        eventually("the line is there", () -> knowledge.revocations().head() == 1);

        assertInvalid(token(2, "jti-1"));
        assertInvalid(token(2, "jti-2"));
    }

    @Test
    void theRealUsersWithdrawalCounts() {
        await(inspector.inspect("main", token(2, "jti-1")));
        Denial withdrawn = TestLog.denial(Kind.CONSENT, Tokens.SUBJECT, 2);
        node.publish(node.log.push(node.log.append(new Denial(
                withdrawn.tenant(), Kind.CONSENT, Tokens.SUBJECT, 2, "gatehouse.login", withdrawn.expiresAt()))));
        eventually("the line is there", () -> knowledge.revocations().head() == 1);

        assertInvalid(token(2, "jti-1"));
    }

    @Test
    void keysAreAskedForOnceADay() {
        for (int i = 0; i < 20; i++) {
            await(inspector.inspect("main", token(2, "jti-" + i)));
            await(inspector.inspect("main", Tokens.signed(Tokens.claims("jti", "open-" + i))));
        }
        assertThat(node.asked(PageKeys.Get.class)).hasSize(1);
    }

    @Test
    void whoeverShowsOpenTokensOnlyAsksForNoKeys() {
        await(inspector.inspect("main", Tokens.signed(Tokens.claims())));
        assertThat(node.asked(PageKeys.Get.class)).isEmpty();
    }

    @Test
    void aTokenGoesOnOverMidnight() {
        String token = token(2, "jti-1");
        node.clock.pass(Duration.ofMinutes(6));
        node.on(PageKeys.Get.class, get -> PageKeySets.of(3, MIDNIGHT.plus(Duration.ofDays(1))));

        assertThat(await(inspector.inspect("main", token)).user()).isEqualTo(Tokens.SUBJECT);
        assertThat(await(inspector.inspect("main", token(3, "jti-2"))).user()).isEqualTo(Tokens.SUBJECT);
        assertInvalid(token(1, "jti-3"));
        assertThat(node.asked(PageKeys.Get.class)).hasSize(1);
    }

    /** The token role's clock may be ahead; but an old token must not make us ask. */
    @Test
    void aNewDaysKeyIsAskedForBeforeItsDay() {
        await(inspector.inspect("main", token(2, "jti-1")));
        node.on(PageKeys.Get.class, get -> PageKeySets.of(3, MIDNIGHT.plus(Duration.ofDays(1))));

        assertThat(await(inspector.inspect("main", token(3, "jti-2"))).user()).isEqualTo(Tokens.SUBJECT);
        assertThat(node.asked(PageKeys.Get.class)).hasSize(2);
        assertInvalid(token(1, "jti-3"));
        assertThat(node.asked(PageKeys.Get.class)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAgAA", "AAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aSealThatOpensNothingIsNoToken(String usr) {
        assertInvalid(token("jti-1", usr));
    }

    @Test
    void aSealOfAnotherTokenTenantOrKindIsNoToken() {
        assertInvalid(token("jti-1", UserSeal.seal(PageKeySets.of(2, MIDNIGHT), "main", "jti-2", user())));
        assertInvalid(token("jti-1", UserSeal.seal(PageKeySets.of(2, MIDNIGHT), "shop", "jti-1", user())));
        assertInvalid(token("jti-1", 1));
        assertInvalid(token("jti-1", List.of("x")));
        assertInvalid(token("jti-1", true));
    }

    @Test
    void withoutKeysNothingCanBeTold() {
        node.failing(PageKeys.Get.class, new OAuthError.Unavailable("token"));
        assertThat(refusal(inspector.inspect("main", token(2, "jti-1"))))
                .isEqualTo(new OAuthError.Unavailable("token"));

        node.on(PageKeys.Get.class, get -> PageKeySets.of(2, MIDNIGHT));
        assertThat(await(inspector.inspect("main", token(2, "jti-1"))).user()).isEqualTo(Tokens.SUBJECT);
    }
}
