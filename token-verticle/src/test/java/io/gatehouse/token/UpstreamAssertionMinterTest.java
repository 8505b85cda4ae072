package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.message.UpstreamAssertions.Basis;
import io.gatehouse.common.message.UpstreamAssertions.Basis.BySession;
import io.gatehouse.common.message.UpstreamAssertions.Basis.ByToken;
import io.gatehouse.common.message.UpstreamAssertions.Mint;
import io.gatehouse.common.message.UpstreamAssertions.Minted;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a request comes from, in words that the token role takes from what it can check itself. */
class UpstreamAssertionMinterTest {
    private static final String SHOP = "https://shop.internal:8443";

    private TokenNode node;
    private OpenIdSamples sample;

    @BeforeEach
    void open() {
        node = TokenNode.usual();
        sample = new OpenIdSamples(node);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Minted minted(Basis basis) {
        return node.ask(new Mint("main", basis, SHOP));
    }

    private JsonObject claims(Secret token) {
        return Jwts.claims(minted(new ByToken(token)).jwt());
    }

    private Code refusal(String tenant, Basis basis, String audience) {
        OAuthError error = node.refusal(new Mint(tenant, basis, audience));
        return ((OAuthError.Protocol) error).code();
    }

    private SessionStatement session(Instant expiresAt) {
        return new SessionStatement(
                "main", OpenIdSamples.SUBJECT, "sid-1", List.of("editor"), TokenNode.NOW, expiresAt, List.of("pwd"));
    }

    @Test
    void itIsOfItsOwnTypeByTheTenantsKey() throws Exception {
        Minted minted = minted(new ByToken(sample.issued().accessToken()));
        SignedJWT jwt = Jwts.read(minted.jwt());
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("gatehouse-assertion+jwt");
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(Jwts.verifies(jwt, node.keys("main"))).isTrue();
        assertThat(Jwts.verifies(jwt, node.keys("acme"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TokenFamily.class)
    void aUserIsToldInTheTokensWords(TokenFamily family) {
        sample.login.family = family;
        sample.login.roles = List.of("editor", "owner");
        Secret token = node.issue(sample.login.ticket(), "openid api").accessToken();
        JsonObject says = Jwts.claims(token);
        JsonObject told = claims(token);
        assertThat(told.fieldNames())
                .containsExactlyInAnyOrder(
                        "iss",
                        "aud",
                        "sub",
                        "sub_type",
                        "client_id",
                        "jti",
                        "iat",
                        "exp",
                        "scope",
                        "roles",
                        "sid",
                        "gid");
        for (String name : List.of("iss", "sub", "client_id", "scope", "roles", "sid", "gid")) {
            assertThat(told.getValue(name)).as(name).isEqualTo(says.getValue(name));
        }
        assertThat(told.getString("aud")).isEqualTo(SHOP);
        assertThat(told.getString("sub_type")).isEqualTo("user");
        assertThat(told.getString("jti")).hasSize(22).isNotEqualTo(says.getString("jti"));
    }

    @Test
    void aClientForItselfIsNoUser() {
        JsonObject told = claims(node.issue(new Samples().client(), "api").accessToken());
        assertThat(told.getString("sub")).isEqualTo("web");
        assertThat(told.getString("sub_type")).isEqualTo("client");
        assertThat(told.fieldNames()).doesNotContain("roles", "sid", "gid");
    }

    /** Each by the name that its client knows: two services can't compare their users by it. */
    @Test
    void aPairwiseSubjectStaysOne() {
        sample.login.sector = "shop.example.org";
        Secret token = node.issue(sample.login.ticket(), "openid api").accessToken();
        assertThat(claims(token).getString("sub"))
                .isEqualTo(Jwts.claims(token).getString("sub"))
                .isNotEqualTo(OpenIdSamples.SUBJECT);
        assertThat(claims(token).containsKey("usr")).isFalse();
    }

    @Test
    void itEndsWithTheTokenOrAfterAMinute() {
        Instant now = TokenNode.NOW.minusMillis(500);
        Minted minute = minted(new ByToken(sample.issued().accessToken()));
        assertThat(minute.expiresAt()).isEqualTo(now.plusSeconds(60));
        JsonObject told = Jwts.claims(minute.jwt());
        assertThat(told.getLong("iat")).isEqualTo(now.getEpochSecond());
        assertThat(told.getLong("exp")).isEqualTo(now.plusSeconds(60).getEpochSecond());

        Secret token = sample.issued().accessToken();
        node.now = node.now.plusSeconds(580);
        assertThat(minted(new ByToken(token)).expiresAt()).isEqualTo(now.plusSeconds(600));
        node.now = node.now.plusSeconds(20);
        assertThat(refusal("main", new ByToken(token), SHOP)).isEqualTo(Code.INVALID_TOKEN);
    }

    @Test
    void aSessionThatTheStoreStatesIsTold() {
        Minted minted = minted(new BySession(node.attestor.attest(session(TokenNode.NOW.plusSeconds(40)))));
        JsonObject told = Jwts.claims(minted.jwt());
        assertThat(told.fieldNames())
                .containsExactlyInAnyOrder("iss", "aud", "sub", "sub_type", "jti", "iat", "exp", "roles", "sid");
        assertThat(told.getString("sub")).isEqualTo(OpenIdSamples.SUBJECT);
        assertThat(told.getString("sub_type")).isEqualTo("user");
        assertThat(told.getString("sid")).isEqualTo("sid-1");
        assertThat(told.getJsonArray("roles")).isEqualTo(new JsonArray().add("editor"));
        assertThat(minted.expiresAt()).isBeforeOrEqualTo(TokenNode.NOW.plusSeconds(40));
    }

    @Test
    void aStatementThatNobodyMadeOrOfAnotherTenantOrTimeIsWorthNothing() {
        SessionStatement now = session(TokenNode.NOW.plusSeconds(60));
        BySession forged = new BySession(new Attestor(Bytes.of(new byte[16])).attest(now));
        assertThat(refusal("main", forged, SHOP)).isEqualTo(Code.INVALID_TOKEN);
        assertThat(refusal("acme", new BySession(node.attestor.attest(now)), SHOP))
                .isEqualTo(Code.INVALID_TOKEN);
        assertThat(refusal("main", new BySession(sample.ticket()), SHOP)).isEqualTo(Code.INVALID_TOKEN);
        BySession over = new BySession(node.attestor.attest(session(TokenNode.NOW)));
        assertThat(node.refusal(new Mint("main", over, SHOP))).isInstanceOf(OAuthError.Unavailable.class);
    }

    /** Whatever a captured gateway makes up. */
    @Test
    void whatIsNoTokenOfThisTenantIsWorthNothing() {
        String good = sample.issued().accessToken().reveal();
        String[] parts = good.split("\\.");
        String others = sample.issued().accessToken().reveal().split("\\.")[1];
        for (String bad : List.of("x", "", good + "x", parts[0] + "." + others + "." + parts[2])) {
            assertThat(refusal("main", new ByToken(Secret.of(bad)), SHOP)).isEqualTo(Code.INVALID_TOKEN);
        }
        assertThat(refusal("acme", new ByToken(Secret.of(good)), SHOP)).isEqualTo(Code.INVALID_TOKEN);
        Secret assertion = minted(new ByToken(Secret.of(good))).jwt();
        assertThat(refusal("main", new ByToken(assertion), SHOP)).isEqualTo(Code.INVALID_TOKEN);
        assertThat(refusal("main", new ByToken(sample.idToken()), SHOP)).isEqualTo(Code.INVALID_TOKEN);
    }

    @Test
    void itIsForOneServiceThatIsNamed() {
        ByToken good = new ByToken(sample.issued().accessToken());
        assertThat(refusal("main", good, "")).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refusal("main", good, "x".repeat(513))).isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void theAuditLogIsToldOnceOfEachTokenAndService() {
        try (CapturedLog log = new CapturedLog("gatehouse.audit")) {
            ByToken token = new ByToken(sample.issued().accessToken());
            for (int i = 0; i < 5; i++) {
                minted(token);
                node.now = node.now.plus(Duration.ofSeconds(45));
            }
            node.ask(new Mint("main", token, "https://other.internal"));
            assertThat(log.lines())
                    .filteredOn("INFO assertion for an upstream issued"::equals)
                    .hasSize(2);
        }
    }
}
