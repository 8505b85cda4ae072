package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands in a token, whatever the gateway would like. */
class TokenIssuerTest {
    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
    private static TokenNode node;

    private final Samples sample = new Samples();

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @Test
    void issue_forAClient_holdsTheClaimsOfRfc9068() {
        Issued issued = node.issue(sample.client(), "api");
        JsonObject claims = claims(issued);
        String jti = claims.getString("jti");
        assertThat(Objects.requireNonNull(Base64Url.decode(jti)).length()).isEqualTo(16);
        assertThat(claims)
                .isEqualTo(new JsonObject()
                        .put("iss", "https://login.example.org")
                        .put("sub", "web")
                        .put("aud", "https://login.example.org")
                        .put("client_id", "web")
                        .put("jti", jti)
                        .put("iat", (int) NOW.getEpochSecond())
                        .put("exp", (int) NOW.plusSeconds(600).getEpochSecond())
                        .put("scope", "api")
                        .put("family", "oauth")
                        .put("cep", 3));
    }

    @Test
    void issue_forASubject_saysWhoHowAndByWhichGrant() {
        sample.roles = List.of("editor", "a \"quoted\" \\ one\n ü 😀");
        sample.amr = List.of("pwd", "otp");
        sample.sessionId = "session-1";
        sample.consentEpoch = 3;
        sample.confirmation = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
        JsonObject claims = claims(node.issue(sample.ticket(), "openid api"));
        assertThat(claims.getString("sub")).isEqualTo("0c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60");
        assertThat(claims.getString("scope")).isEqualTo("openid api");
        assertThat(claims.getString("gid")).isEqualTo(new GrantId(Bytes.of(new byte[16])).gid());
        assertThat(claims.getString("sid")).isEqualTo("session-1");
        assertThat(claims.getLong("auth_time")).isEqualTo(NOW.minusSeconds(7).getEpochSecond());
        assertThat(claims.getJsonArray("amr"))
                .isEqualTo(new JsonArray().add("pwd").add("otp"));
        assertThat(claims.getJsonArray("roles"))
                .isEqualTo(new JsonArray().add("editor").add("a \"quoted\" \\ one\n ü 😀"));
        assertThat(claims.getInteger("sep")).isEqualTo(4);
        assertThat(claims.getInteger("cep")).isEqualTo(2);
        assertThat(claims.getInteger("nep")).isEqualTo(3);
        assertThat(claims.getJsonObject("cnf").getString("jkt")).isEqualTo(sample.confirmation);
    }

    @Test
    void issue_forAGrantThatOutlivesItsSession_doesNotNameIt() {
        sample.sessionId = "session-1";
        sample.ceiling = "openid offline_access";
        assertThat(claims(node.issue(sample.ticket(), "openid")).fieldNames()).doesNotContain("sid");
    }

    @Test
    void issue_leavesOutWhatThereIsNothingToSayOf() {
        sample.amr = List.of();
        JsonObject claims = claims(node.issue(sample.ticket(), ""));
        assertThat(claims.fieldNames())
                .doesNotContain("scope", "roles", "amr", "sid", "cnf", "nep")
                .contains("gid", "sep", "auth_time");
    }

    @Test
    void issue_ofATenant_hasItsIssuerAndAudience() {
        sample.tenant = "acme";
        JsonObject claims = claims(node.issue(sample.client(), "api"));
        assertThat(claims.getString("iss")).isEqualTo("https://login.example.org/t/acme");
        assertThat(claims.getString("aud")).isEqualTo("https://login.example.org/t/acme");
    }

    @Test
    void issue_takesAudienceAndLifetimesFromTheConfiguration() {
        String yaml = TokenNode.CONFIG + "tokens: {default_audience: https://api.example.org, access_ttl: PT3M,"
                + " families: {login: {access_ttl: PT7M}, loginradius: {access_ttl: PT8M}}}";
        try (TokenNode other = new TokenNode(yaml, new StoreStandIn("main"))) {
            Issued issued = other.issue(sample.client(), "api");
            assertThat(claims(issued).getString("aud")).isEqualTo("https://api.example.org");
            lasts(issued, Duration.ofMinutes(3));
            sample.family = TokenFamily.LOGIN;
            Issued login = other.issue(sample.ticket(), "api");
            assertThat(claims(login).getString("family")).isEqualTo("login");
            lasts(login, Duration.ofMinutes(7));
            sample.family = TokenFamily.LOGINRADIUS;
            lasts(other.issue(sample.ticket(), "api"), Duration.ofMinutes(8));
        }
    }

    @Test
    void issue_whereJwtsForAppsAreGiven_tellsTheEndOfTheGrant() {
        sample.family = TokenFamily.LOGINRADIUS;
        Issued issued = node.issue(sample.ticket(), "");
        assertThat(claims(issued).getLong("gexp")).isEqualTo(sample.grantExpiresAt.getEpochSecond());
        lasts(issued, Duration.ofMinutes(15));
        for (TokenFamily other : List.of(TokenFamily.OAUTH, TokenFamily.LOGIN, TokenFamily.BABELBIRD)) {
            sample.family = other;
            assertThat(claims(node.issue(sample.ticket(), "")).containsKey("gexp"))
                    .as(other.claim())
                    .isFalse();
        }
    }

    @Test
    void issue_neverOutlivesItsGrant() {
        sample.grantExpiresAt = TokenNode.NOW.plusMillis(90_700);
        Issued issued = node.issue(sample.ticket(), "api");
        assertThat(issued.expiresAt()).isEqualTo(NOW.plusSeconds(91));
        lasts(issued, Duration.ofSeconds(91));
    }

    @Test
    void issue_twice_givesTwoTokens() {
        assertThat(node.issue(sample.client(), "api").accessToken())
                .isNotEqualTo(node.issue(sample.client(), "api").accessToken());
    }

    @Test
    void issued_hidesTheTokenInLogs() {
        assertThat(node.issue(sample.client(), "api").toString())
                .contains("Secret[***]")
                .doesNotContain("eyJ");
    }

    private static void lasts(Issued issued, Duration life) {
        JsonObject claims = claims(issued);
        assertThat(issued.issuedAt()).isEqualTo(NOW);
        assertThat(Duration.between(issued.issuedAt(), issued.expiresAt())).isEqualTo(life);
        assertThat(claims.getLong("iat")).isEqualTo(issued.issuedAt().getEpochSecond());
        assertThat(claims.getLong("exp")).isEqualTo(issued.expiresAt().getEpochSecond());
    }

    private static JsonObject claims(Issued issued) {
        return Jwts.claims(issued.accessToken());
    }
}
