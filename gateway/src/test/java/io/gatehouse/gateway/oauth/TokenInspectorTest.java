package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static io.gatehouse.gateway.oauth.Tokens.claims;
import static io.gatehouse.gateway.oauth.Tokens.header;
import static io.gatehouse.gateway.oauth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are access tokens of ours, by their claims, their time and where they came from. */
class TokenInspectorTest {
    private final TestNode node = new TestNode();
    private TokenInspector inspector;

    @BeforeEach
    void start() {
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
        inspector = node.protocol(node.knowledge()).inspector();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void assertInvalid(String token) {
        assertInvalid("main", token);
    }

    private void assertInvalid(String tenant, String token) {
        OAuthError error = refusal(inspector.inspect(tenant, token));
        assertThat(error).as(token).isInstanceOf(Protocol.class);
        assertThat(((Protocol) error).code()).as(token).isEqualTo(Code.INVALID_TOKEN);
    }

    @Test
    void aGoodTokenIsReadWhole() {
        AccessToken token = await(inspector.inspect("main", signed(claims())));

        assertThat(token.tenant()).isEqualTo("main");
        assertThat(token.issuer()).isEqualTo(TestNode.ISSUER);
        assertThat(token.subject()).isEqualTo(Tokens.SUBJECT);
        assertThat(token.clientId()).isEqualTo("gatehouse.login");
        assertThat(token.family()).isEqualTo(TokenFamily.LOGIN);
        assertThat(token.scope().values()).containsExactly("openid", "profile");
        assertThat(token.audience()).containsExactly(TestNode.ISSUER);
        assertThat(token.roles()).containsExactly("editor");
        assertThat(token.jti()).isEqualTo("jti-1");
        assertThat(token.gid()).isEqualTo("gid-1");
        assertThat(token.sessionId()).isEqualTo("sid-1");
        assertThat(token.kid()).isEqualTo("key-1");
        assertThat(token.issuedAt()).isEqualTo(TestClock.START);
        assertThat(token.expiresAt()).isEqualTo(TestClock.START.plusSeconds(600));
        assertThat(token.actsForUser()).isTrue();
    }

    @Test
    void whatOnlySomeTokensHaveMayBeMissing() {
        Map<String, Object> claims = claims("sub", "web");
        claims.put("client_id", "web");
        claims.put("aud", List.of("a", "b"));
        claims.keySet().removeAll(List.of("scope", "gid", "sid", "sep", "roles"));
        AccessToken token = await(inspector.inspect("main", signed(claims)));

        assertThat(token.actsForUser()).isFalse();
        assertThat(token.scope().isEmpty()).isTrue();
        assertThat(token.audience()).containsExactly("a", "b");
        assertThat(token.roles()).isEmpty();
        assertThat(token.gid()).isNull();
        assertThat(token.sessionId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
    void everyAlgorithmOfOursIsVerified(String algorithm) {
        JWK key = switch (algorithm) {
            case "ES256" -> Tokens.ecKey("other");
            case "EdDSA" -> EdwardsKeys.key("other");
            default -> Tokens.rsaKey("other", JWSAlgorithm.parse(algorithm));
        };
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet("main", 2, Tokens.KEY, key));
        Map<String, Object> header = header("alg", algorithm);
        header.put("kid", "other");
        String token = key.getKeyType().getValue().equals("OKP")
                ? EdwardsKeys.signed(header, claims(), key)
                : signed(header, claims(), key);

        assertThat(await(inspector.inspect("main", token)).kid()).isEqualTo("other");
        assertInvalid(token.substring(0, token.length() - 4) + "AAAA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "client_id", "family", "jti", "iat", "exp"})
    void aTokenWithoutAClaimThatAllHaveIsRefused(String claim) {
        Map<String, Object> claims = claims();
        claims.remove(claim);
        assertInvalid(signed(claims));
        claims.put(claim, null);
        assertInvalid(
                Tokens.signedAsItIs(new JsonObject(header()).encode(), new JsonObject(claims).encode(), Tokens.KEY));
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of("iss", "sub", "client_id", "family", "jti", "scope", "gid", "sid", "aud", "roles")
                .flatMap(claim ->
                        Stream.of(1, true, Map.of("a", 1), List.of(1)).map(value -> Arguments.of(claim, value)));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void aTextThatIsNoTextIsRefused(String claim, Object value) {
        assertInvalid(signed(claims(claim, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sep", "cep", "nep"})
    void aNumberThatIsNoNumberIsRefused(String claim) {
        assertInvalid(signed(claims(claim, "1777863721")));
        assertInvalid(signed(claims(claim, true)));
        assertInvalid(signed(claims(claim, List.of(1))));
        assertInvalid(signed(claims(claim, Map.of())));
    }

    @Test
    void aTimeBeyondAllTimeIsRefused() {
        assertInvalid(signed(claims("exp", Long.MAX_VALUE)));
        assertInvalid(signed(claims("exp", -1)));
        assertInvalid(signed(claims("iat", Long.MIN_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth2", "", "login ", "LOGIN\n", "jwt_login"})
    void anUnknownFamilyIsRefused(String family) {
        assertInvalid(signed(claims("family", family)));
    }

    @Test
    void aTokenEndsInTheVerySecondItExpires() {
        String token = signed(claims());
        node.clock.pass(Duration.ofSeconds(599).plusMillis(999));
        await(inspector.inspect("main", token));
        node.clock.pass(Duration.ofMillis(1));
        assertInvalid(token);
    }

    /** Nodes' clocks differ by seconds: what another one just issued is good here. */
    @Test
    void aTokenFromAClockThatIsAheadIsGood() {
        long ahead = TestClock.START.plusSeconds(5).getEpochSecond();
        await(inspector.inspect("main", signed(claims("iat", ahead))));
        await(inspector.inspect("main", signed(claims("iat", System.currentTimeMillis() / 1000 + 3600))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.org/",
                "https://login.example.org/t/shop",
                "https://login.example.org/jwt/shop/",
                "https://LOGIN.example.org",
                "http://login.example.org",
                "https://evil.example",
                ""
            })
    void anotherIssuersTokenIsRefused(String issuer) {
        assertInvalid(signed(claims("iss", issuer)));
    }

    @Test
    void aTokenCountsInItsOwnTenantOnly() {
        String ofMain = signed(claims());
        String ofShop = signed(claims("iss", TestNode.ISSUER + "/t/shop"));

        await(inspector.inspect("main", ofMain));
        assertThat(await(inspector.inspect("shop", ofShop)).tenant()).isEqualTo("shop");
        assertInvalid("shop", ofMain);
        assertInvalid("main", ofShop);
    }

    @Test
    void aTokenMayHave8KiB() {
        Map<String, Object> claims = claims("extra", "x".repeat(5500));
        assertThat(signed(claims)).hasSizeBetween(7500, 8192);
        await(inspector.inspect("main", signed(claims)));
        assertInvalid(signed(claims("extra", "x".repeat(6000))));
        assertInvalid("x".repeat(10_000_000));
    }

    @Test
    void withoutKeysNothingCanBeTold() {
        node.failing(VerificationKeys.Get.class, new OAuthError.Unavailable("token"));

        assertThat(refusal(inspector.inspect("main", signed(claims())))).isEqualTo(new OAuthError.Unavailable("token"));
    }

    @Test
    void withoutTheRevocationLogNothingCanBeTold() {
        Knowledge deaf = new Knowledge(node.clock, Duration.ofHours(1));
        TokenInspector unsure = node.protocol(deaf).inspector();

        assertThat(refusal(unsure.inspect("main", signed(claims()))))
                .isEqualTo(new OAuthError.Unavailable("revocation"));
    }

    @Test
    void aLookTellsHowATokenEnded() {
        String token = signed(claims());
        assertThat(await(inspector.look("main", token)).standing()).isEqualTo(TokenInspector.Standing.CURRENT);

        node.clock.pass(Duration.ofSeconds(600));
        TokenInspector.Inspected expired = await(inspector.look("main", token));
        assertThat(expired.standing()).isEqualTo(TokenInspector.Standing.EXPIRED);
        assertThat(expired.token().subject()).isEqualTo(Tokens.SUBJECT);
        assertInvalid(token);
        assertThat(refusal(inspector.look("main", "x"))).isInstanceOf(Protocol.class);
    }

    /** A door that tells them apart must not call a token expired that was taken back. */
    @Test
    void aRevokedTokenIsThatAlsoOnceItHasExpired() {
        Knowledge knowledge = node.knowledge();
        Denial denial =
                new Denial("main", Denial.Kind.TOKEN, "jti-1", 0, "gatehouse.login", TestClock.START.plusSeconds(900));
        knowledge.revocations().add(List.of(new SequencedDenial(1, denial)));
        node.clock.pass(Duration.ofSeconds(600));

        assertThat(await(node.protocol(knowledge).inspector().look("main", signed(claims())))
                        .standing())
                .isEqualTo(TokenInspector.Standing.REVOKED);
    }
}
