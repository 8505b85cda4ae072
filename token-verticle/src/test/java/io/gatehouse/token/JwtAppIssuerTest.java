package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtAppTokens.Issued;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.ProfileValue;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands in a JWT for an app, whatever the gateway would like, and who signed it. */
class JwtAppIssuerTest {
    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
    private static TokenNode node;

    private final AppSamples sample = new AppSamples();

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(JwtAlgorithm.class)
    void issue_byEveryAlgorithm_verifiesElsewhere(JwtAlgorithm algorithm) throws Exception {
        sample.algorithm = algorithm;
        // The second one finds the key open and its signature prepared.
        for (int i = 0; i < 2; i++) {
            SignedJWT jwt = Jwts.read(issue().jwt());
            assertThat(jwt.verify(verifier(algorithm))).isTrue();
            JsonObject header = new JsonObject().put("alg", algorithm.name()).put("typ", "JWT");
            if (algorithm.isAsymmetric()) {
                header.put("kid", jwk(algorithm).computeThumbprint().toString());
            }
            assertThat(new JsonObject(jwt.getHeader().toString())).isEqualTo(header);
        }
    }

    @ParameterizedTest
    @EnumSource(JwtAlgorithm.class)
    void keys_publishesThePublicKeyAndNoSecret(JwtAlgorithm algorithm) throws Exception {
        sample.algorithm = algorithm;
        List<String> jwks =
                node.ask(new JwtAppTokens.Keys("main", sample.app(node))).jwks();
        if (!algorithm.isAsymmetric()) {
            assertThat(jwks).isEmpty();
            return;
        }
        JWK published = JWK.parse(jwks.get(0));
        assertThat(jwks).hasSize(1);
        assertThat(published.isPrivate()).isFalse();
        assertThat(published).isEqualTo(jwk(algorithm).toPublicJWK());
        assertThat(published.getKeyID()).isEqualTo(published.computeThumbprint().toString());
        assertThat(published.getAlgorithm().getName()).isEqualTo(algorithm.name());
        assertThat(published.getKeyUse().identifier()).isEqualTo("sig");
    }

    private static JWK jwk(JwtAlgorithm algorithm) throws Exception {
        return JWK.parse(AppSamples.key(algorithm).utf8());
    }

    private static JWSVerifier verifier(JwtAlgorithm algorithm) throws Exception {
        return switch (algorithm.kind()) {
            case HMAC -> new MACVerifier(AppSamples.SECRET);
            case RSA -> new RSASSAVerifier(jwk(algorithm).toRSAKey().toRSAPublicKey());
            case EC -> new ECDSAVerifier(jwk(algorithm).toECKey().toECPublicKey());
        };
    }

    @Test
    void issue_forAPlainApp_holdsTheStandardClaimsOnly() {
        JsonObject claims = claims(issue());
        String jti = claims.getString("jti");
        assertThat(UUID.fromString(jti).version()).isEqualTo(4);
        assertThat(claims)
                .isEqualTo(new JsonObject()
                        .put("iss", "https://login.example.org/jwt/shop/")
                        .put("sub", AppSamples.UID)
                        .put("jti", jti)
                        .put("iat", (int) NOW.getEpochSecond())
                        .put("nbf", (int) NOW.getEpochSecond())
                        .put("exp", (int) NOW.plusSeconds(600).getEpochSecond()));
        assertThat(claims(issue()).getString("jti")).isNotEqualTo(jti);
    }

    @Test
    void issue_holdsWhatTheAppDeclares() {
        sample.issuer = "https://shop.example.org";
        sample.audiences = List.of("shop");
        sample.nonce = "n-\"1\"";
        sample.mapping = Map.of(
                "uid", profile("Uid"),
                "login", profile("UserName"),
                "mail", profile("Email[0].Value"),
                "mail_ok", profile("EmailVerified"),
                "roles", profile("Roles"),
                "team", profile("CustomFields.team"));
        sample.metadata = Map.of("plan", "gold \"plus\" ü");
        JsonObject claims = claims(issue());
        assertThat(claims.getMap())
                .containsEntry("iss", "https://shop.example.org")
                .containsEntry("aud", "shop")
                .containsEntry("nonce", "n-\"1\"")
                .containsEntry("uid", AppSamples.UID)
                .containsEntry("login", "ada")
                .containsEntry("mail", "ada@example.org")
                .containsEntry("mail_ok", true)
                .containsEntry("team", "blue")
                .containsEntry("plan", "gold \"plus\" ü")
                .hasSize(15);
        assertThat(claims.getJsonArray("roles"))
                .isEqualTo(new JsonArray().add("editor").add("author"));
    }

    @Test
    void issue_forSeveralAudiences_namesThemAll() {
        sample.audiences = List.of("shop", "stock");
        assertThat(claims(issue()).getJsonArray("aud"))
                .isEqualTo(new JsonArray().add("shop").add("stock"));
    }

    @Test
    void issue_leavesOutWhatTheProfileDoesNotHave() {
        sample.email = null;
        sample.name = null;
        sample.mapping = Map.of(
                "mail", profile("Email[0].Value"),
                "mail_ok", profile("EmailVerified"),
                "name", profile("FullName"),
                "phone", profile("PhoneId"),
                "phone_ok", profile("PhoneIdVerified"),
                "number", profile("ExternalIds[0].SourceId"),
                "size", profile("CustomFields.size"));
        JsonObject claims = claims(issue());
        assertThat(claims.fieldNames())
                .containsExactlyInAnyOrder("iss", "sub", "jti", "iat", "nbf", "exp", "mail_ok", "phone_ok");
        assertThat(claims.getBoolean("mail_ok")).isFalse();
        assertThat(claims.getBoolean("phone_ok")).isFalse();
    }

    @Test
    void issue_neverLetsAnAppSetWhatTheServerSays() {
        List<String> reserved = List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "client_id");
        JsonObject plain = claims(issue());
        sample.mapping = reserved.stream().collect(Collectors.toMap(name -> name, name -> profile("UserName")));
        JsonObject mapped = claims(issue());
        assertThat(mapped.put("jti", "")).isEqualTo(plain.copy().put("jti", ""));
        sample.mapping = Map.of();
        sample.metadata = reserved.stream().collect(Collectors.toMap(name -> name, name -> "mine"));
        assertThat(claims(issue()).put("jti", "")).isEqualTo(plain.copy().put("jti", ""));
    }

    @Test
    void issue_ofATenant_isBelowItsIssuer() {
        sample.tenant = "acme";
        sample.login.tenant = "acme";
        assertThat(claims(issue()).getString("iss")).isEqualTo("https://login.example.org/t/acme/jwt/shop/");
    }

    @Test
    void issue_afterALogin_endsNoLaterThanTheGrant() {
        sample.login.grantExpiresAt = TokenNode.NOW.plusMillis(90_700);
        lasts(issue(), Duration.ofSeconds(91));
        sample.login.grantExpiresAt = TokenNode.NOW.plusMillis(400);
        refused("the login has expired");
    }

    @Test
    void issue_forAnAccessToken_endsNoLaterThanItsGrantAndMayOutliveTheToken() {
        sample.life = Duration.ofDays(30);
        sample.login.grantExpiresAt = TokenNode.NOW.plus(Duration.ofHours(5));
        Issued issued = node.ask(sample.request(node, sample.accessToken(node)));
        lasts(issued, Duration.ofHours(5));
    }

    /** Such a token doesn't tell the end of its grant. */
    @Test
    void issue_forAnOauthToken_endsNoLaterThanTheToken() {
        sample.life = Duration.ofDays(30);
        sample.login.family = TokenFamily.OAUTH;
        lasts(node.ask(sample.request(node, sample.accessToken(node))), Duration.ofMinutes(10));
    }

    @Test
    void issue_withALongNonce_isRefused() {
        sample.nonce = "n".repeat(255);
        assertThat(claims(issue()).getString("nonce")).hasSize(255);
        sample.nonce = "n".repeat(256);
        OAuthError.Protocol error = (OAuthError.Protocol) node.refusal(sample.request(node, sample.ticket(node)));
        assertThat(error.code()).isEqualTo(Code.INVALID_REQUEST);
    }

    @ParameterizedTest
    @EnumSource(
            value = JwtAlgorithm.class,
            names = {"HS256", "RS256"})
    void issue_withAKeyOfAnotherPlace_isADefect(JwtAlgorithm algorithm) {
        sample.algorithm = algorithm;
        sample.sealedFor = "shop2";
        assertThat(node.refusal(sample.request(node, sample.ticket(node)))).isInstanceOf(OAuthError.Defect.class);
        assertThat(node.refusal(new JwtAppTokens.Keys("main", sample.app(node))))
                .isInstanceOf(OAuthError.Defect.class);
    }

    /** A gateway may show what the store said before. */
    @Test
    void issue_forADisabledApp_isRefusedAndItsKeysAreNotShown() {
        sample.disabled = true;
        refused("the JWT app is disabled");
        OAuthError.Protocol error = (OAuthError.Protocol) node.refusal(new JwtAppTokens.Keys("main", sample.app(node)));
        assertThat(error.code()).isEqualTo(Code.INVALID_TOKEN);
    }

    @Test
    void issue_writesAnAuditLineWithoutPersonalData() {
        sample.mapping = Map.of("mail", profile("Email[0].Value"));
        try (CapturedLog audit = new CapturedLog("gatehouse.audit")) {
            JsonObject claims = claims(issue());
            ILoggingEvent line = audit.events().get(0);
            assertThat(line.getKeyValuePairs())
                    .extracting(pair -> pair.key + "=" + pair.value)
                    .containsExactly(
                            "event=jwt_app_token_issued",
                            "tenant=main",
                            "app=shop",
                            "sub=" + sample.subject,
                            "jti=" + claims.getString("jti"));
            assertThat(audit.events()).hasSize(1);
        }
    }

    @Test
    void issued_hidesTheJwtInLogs() {
        assertThat(issue().toString()).contains("Secret[***]").doesNotContain("eyJ");
    }

    private Issued issue() {
        return node.ask(sample.request(node, sample.ticket(node)));
    }

    private void refused(String words) {
        Proof proof = sample.ticket(node);
        OAuthError.Protocol error = (OAuthError.Protocol) node.refusal(sample.request(node, proof));
        assertThat(error.code()).isEqualTo(Code.INVALID_TOKEN);
        assertThat(error.description()).contains(words);
    }

    private static ProfileValue profile(String path) {
        return Objects.requireNonNull(ProfileValue.parse(path));
    }

    private static void lasts(Issued issued, Duration life) {
        JsonObject claims = claims(issued);
        assertThat(issued.expiresAt()).isEqualTo(NOW.plus(life));
        assertThat(claims.getLong("exp")).isEqualTo(issued.expiresAt().getEpochSecond());
    }

    private static JsonObject claims(Issued issued) {
        return Jwts.claims(issued.jwt());
    }
}
