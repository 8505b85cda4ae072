package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static io.gatehouse.gateway.oauth.Tokens.claims;
import static io.gatehouse.gateway.oauth.Tokens.header;
import static io.gatehouse.gateway.oauth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.nimbusds.jose.jwk.ECKey;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered of a token is its signature alone; keys come and go; revocation counts at once. */
class SeenTokenTest {
    private final TestNode node = new TestNode();
    private Knowledge knowledge;
    private TokenInspector inspector;

    @BeforeEach
    void start() {
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
        knowledge = node.knowledge();
        inspector = node.protocol(knowledge).inspector();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void assertInvalid(String token, String why) {
        OAuthError error = refusal(inspector.inspect("main", token));
        assertThat(error).isInstanceOf(Protocol.class);
        assertThat(((Protocol) error).code()).isEqualTo(Code.INVALID_TOKEN);
        assertThat(((Protocol) error).description()).contains(why);
    }

    private int keyRequests() {
        return node.asked(VerificationKeys.Get.class).size();
    }

    @Test
    void aRememberedTokenStillExpires() {
        String token = signed(claims());
        await(inspector.inspect("main", token));
        node.clock.pass(Duration.ofMinutes(10));
        assertInvalid(token, "expired");
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN, jti-1, 0",
        "GRANT, gid-1, 0",
        "SESSION, sid-1, 0",
        "SUBJECT, " + Tokens.SUBJECT + ", 1",
        "CLIENT, gatehouse.login, 1",
        "KEY, key-1, 0"
    })
    void everyKindOfDenialCounts(Kind kind, String key, long epoch) {
        String token = signed(claims());
        await(inspector.inspect("main", token));
        node.publish(node.log.push(node.log.append(TestLog.denial(kind, key, epoch))));
        eventually("the line is there", () -> knowledge.revocations().head() == 1);

        assertInvalid(token, "revoked");
        assertInvalid(signed(claims()), "revoked");
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN, gid-1, 0",
        "GRANT, jti-1, 0",
        "SESSION, SID-1, 0",
        "SUBJECT, " + Tokens.SUBJECT + ", 0", // its own epoch
        "SUBJECT, gatehouse.login, 9",
        "CLIENT, gatehouse.login, 0",
        "CLIENT, " + Tokens.SUBJECT + ", 9",
        "KEY, key-2, 0"
    })
    void anotherDenialDoesNot(Kind kind, String key, long epoch) {
        node.publish(node.log.push(node.log.append(TestLog.denial(kind, key, epoch))));
        eventually("the line is there", () -> knowledge.revocations().head() == 1);

        await(inspector.inspect("main", signed(claims())));
    }

    @Test
    void aDenialOfAnotherTenantDoesNot() {
        Denial denial = new Denial("shop", Kind.TOKEN, "jti-1", 0, "", TestClock.START.plusSeconds(600));
        node.publish(node.log.push(node.log.append(denial)));
        eventually("the line is there", () -> knowledge.revocations().head() == 1);

        await(inspector.inspect("main", signed(claims())));
    }

    @Test
    void newTokensOfALaterEpochAreGood() {
        node.publish(node.log.push(node.log.append(TestLog.denial(Kind.SUBJECT, Tokens.SUBJECT, 3))));
        eventually("the line is there", () -> knowledge.revocations().head() == 1);

        assertInvalid(signed(claims("sep", 2)), "revoked");
        await(inspector.inspect("main", signed(claims("sep", 3))));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false", "0, false"})
    void aWithdrawnConsentDeniesWhatRestsOnIt(long epoch, boolean denied) {
        node.publish(node.log.push(node.log.append(TestLog.withdrawal(Tokens.SUBJECT, "gatehouse.login", 3))));
        eventually("the line is there", () -> knowledge.revocations().head() == 1);
        String token = signed(claims("nep", epoch));

        if (denied) {
            assertInvalid(token, "revoked");
        } else {
            await(inspector.inspect("main", token));
        }
    }

    @Test
    void aTokenWithoutThatClaimRestsOnNoConsent() {
        node.publish(node.log.push(node.log.append(TestLog.withdrawal(Tokens.SUBJECT, "gatehouse.login", 3))));
        eventually("the line is there", () -> knowledge.revocations().head() == 1);

        await(inspector.inspect("main", signed(claims())));
    }

    @Test
    void keysAreAskedForOnce() {
        for (int i = 0; i < 20; i++) {
            await(inspector.inspect("main", signed(claims("jti", "jti " + i))));
        }
        assertThat(keyRequests()).isEqualTo(1);
    }

    @Test
    void anUnknownKeyIsAskedForAgainButNotByEveryForgery() {
        for (int i = 0; i < 50; i++) {
            assertInvalid(signed(header("kid", "forged " + i), claims(), Tokens.ecKey("forged")), "no token");
        }
        // The first finds no keys at all; its own request counts as the second look.
        assertThat(keyRequests()).isLessThanOrEqualTo(2);
        await(inspector.inspect("main", signed(claims())));
    }

    @Test
    void aNewKeyIsFoundWithoutAnEvent() throws InterruptedException {
        await(inspector.inspect("main", signed(claims())));
        ECKey next = Tokens.ecKey("key-2");
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet("main", 2, Tokens.KEY, next));
        String token = signed(header("kid", "key-2"), claims(), next);
        Thread.sleep(5500); // the pause between two looks

        assertThat(await(inspector.inspect("main", token)).kid()).isEqualTo("key-2");
    }

    @Test
    void aKeyThatWasTakenBackVerifiesNothing() {
        String token = signed(claims());
        await(inspector.inspect("main", token));
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet("main", 2, Tokens.ecKey("key-2")));
        node.publish(new Event.KeysChanged("main", 2));
        eventually("the keys are asked for again", () -> {
            inspector.inspect("main", token);
            return keyRequests() > 1;
        });

        assertInvalid(token, "no token");
    }

    @Test
    void aTokenRememberedInOneTenantIsNotGoodInAnother() {
        String token = signed(claims());
        await(inspector.inspect("main", token));

        assertThat(refusal(inspector.inspect("shop", token))).isInstanceOf(Protocol.class);
    }

    /** Nothing of the request is part of it, for nothing of the request is remembered. */
    @Test
    void aSignatureIsRememberedUnderTenantKeysAndTheWholeToken() {
        String token = signed(claims());
        await(inspector.inspect("main", token));
        assertThat(knowledge.seen().asMap()).containsOnlyKeys(new TokenInspector.Seen("main", 1, Digest.of(token)));
        assertThat(TokenInspector.Seen.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactly("tenant", "keySetVersion", "token");
        assertThat(AssertionService.Key.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactly("basis", "audience");
    }

    /** By what it takes, not by tokens: of those with many roles there are fewer. */
    @Test
    void theMemoryIsBounded() {
        assertThat(remembered(claims())).isBetween(5_000L, 11_000L);
        Map<String, Object> manyRoles = claims();
        manyRoles.put("roles", Collections.nCopies(1_000, "r"));
        assertThat(remembered(manyRoles)).isBetween(1L, 150L);
    }

    private long remembered(Map<String, Object> claims) {
        AccessToken token = AccessToken.read("main", "key-1", new JsonObject(claims));
        Cache<TokenInspector.Seen, AccessToken> seen = node.knowledge().seen();
        for (int i = 0; i < 20_000; i++) {
            seen.put(new TokenInspector.Seen("main", i, Digest.of("x")), token);
        }
        seen.cleanUp();
        return seen.estimatedSize();
    }

    /** A stranger writes headers as long as a token may be, and those that were read are remembered. */
    @Test
    void aHeaderLongerThanOursIsNoneOfOurs() {
        SignatureVerifier verifier = new SignatureVerifier(node.vertx);
        assertThat(verifier.keyOf(withHeader(""), Tokens.keySet("main"))).isNotNull();
        assertThat(verifier.keyOf(withHeader("x".repeat(400)), Tokens.keySet("main")))
                .isNull();
    }

    private static String withHeader(String padding) {
        String header = new JsonObject(header("padding", padding)).encode();
        return Bytes.utf8(header).base64Url() + ".AAAA.AAAA";
    }

    @Test
    void forgeriesAreNotRemembered() {
        String good = signed(claims());
        for (int i = 0; i < 20; i++) {
            assertInvalid(good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(20 + i * 4), "no token");
        }
        assertThat(knowledge.seen().estimatedSize()).isZero();
    }
}
