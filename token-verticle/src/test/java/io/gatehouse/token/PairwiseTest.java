package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens.Hint;
import io.gatehouse.common.message.IdTokens.ReadHint;
import io.gatehouse.common.message.IdTokens.ReadSubject;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenID Connect Core, section 8: what a client with pairwise subjects is told, and how the token role knows whom it means. */
class PairwiseTest {
    private static TokenNode node;
    private OpenIdSamples sample;

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @BeforeEach
    void sample() {
        sample = of("shop.example.org");
    }

    @AfterEach
    void rewind() {
        node.now = TokenNode.NOW;
    }

    private static OpenIdSamples of(@Nullable String sector) {
        OpenIdSamples sample = new OpenIdSamples(node);
        sample.login.sector = sector;
        sample.userinfoAlgorithm = IdTokenAlgorithm.ES256;
        return sample;
    }

    private static JsonObject idToken(Issued issued) {
        return Jwts.claims(Objects.requireNonNull(issued.idToken()));
    }

    @Test
    void everyToken_tellsTheSameNamesOfOneSector() {
        Issued issued = sample.issued();
        JsonObject accessToken = Jwts.claims(issued.accessToken());
        String sub = accessToken.getString("sub");
        String sid = accessToken.getString("sid");
        JsonObject logout = Jwts.claims(node.ask(sample.signLogout()).jwt());
        JsonObject userinfo =
                Jwts.claims(node.ask(sample.userinfo(issued.accessToken())).jwt());

        assertThat(sub).hasSize(22);
        assertThat(idToken(issued).getString("sub")).isEqualTo(sub);
        assertThat(userinfo.getString("sub")).isEqualTo(sub);
        assertThat(logout.getString("sub")).isEqualTo(sub);
        assertThat(idToken(issued).getString("sid")).isEqualTo(sid);
        assertThat(logout.getString("sid")).isEqualTo(sid);
        for (JsonObject claims : List.of(accessToken, idToken(issued), userinfo, logout)) {
            assertThat(claims.encode()).doesNotContain(OpenIdSamples.SUBJECT, sample.login.sessionId);
        }
        assertThat(idToken(sample.issued()).getString("sub"))
                .as("another login")
                .isEqualTo(sub);
    }

    @Test
    void sector_isSharedByItsClientsOnly() {
        String sub = idToken(sample.issued()).getString("sub");
        String sid = idToken(sample.issued()).getString("sid");
        sample.login.clientId = "app";
        sample.sealedFor = "app";
        assertThat(idToken(sample.issued()).getString("sub")).isEqualTo(sub);

        OpenIdSamples bank = of("bank.example.org");
        assertThat(idToken(bank.issued()).getString("sub")).isNotEqualTo(sub);
        assertThat(idToken(bank.issued()).getString("sid")).isNotEqualTo(sid);
        assertThat(idToken(of(null).issued()).getString("sub")).isEqualTo(OpenIdSamples.SUBJECT);
        sample.login.tenant = "acme";
        sample.user.tenant = "acme";
        assertThat(idToken(sample.issued()).getString("sub")).isNotEqualTo(sub);
    }

    @Test
    void accessToken_tellsGatewaysAloneWhoseItIs() {
        JsonObject claims = Jwts.claims(sample.issued().accessToken());
        PageKeys.KeySet keys = node.ask(new PageKeys.Get());

        assertThat(UserSeal.open(keys, "main", claims.getString("jti"), claims.getString("usr")))
                .isEqualTo(new UserSeal.User(OpenIdSamples.SUBJECT, sample.login.sessionId));
        assertThat(Jwts.claims(of(null).issued().accessToken()).containsKey("usr"))
                .isFalse();
    }

    @Test
    void accessToken_thatOutlivesItsSession_doesNotNameIt() {
        sample.login.ceiling = "openid offline_access";
        sample.scope = "openid offline_access";
        JsonObject claims = Jwts.claims(sample.issued().accessToken());

        assertThat(claims.containsKey("sid")).isFalse();
        assertThat(UserSeal.open(
                        node.ask(new PageKeys.Get()), "main", claims.getString("jti"), claims.getString("usr")))
                .isEqualTo(new UserSeal.User(OpenIdSamples.SUBJECT, null));
    }

    @Test
    void accessToken_ofTheClientItself_hasNothingToHide() {
        sample.client();
        JsonObject claims = Jwts.claims(node.issue(sample.login.client(), "api").accessToken());

        assertThat(claims.getString("sub")).isEqualTo("web");
        assertThat(claims.containsKey("usr")).isFalse();
    }

    @Test
    void userinfo_isAboutTheRealUser() {
        Secret accessToken = sample.issued().accessToken();
        sample.user.subject = "11111111-5d2c-4a7b-8f3e-1b2c3d4e5f60";
        refused(sample.userinfo(accessToken), Code.INVALID_TOKEN);
    }

    @Test
    void accessToken_overMidnight_isStillItsUsers() {
        node.now = Instant.parse("2026-05-04T23:59:59Z");
        sample.login.expiresAt = node.now.plusSeconds(5);
        Secret accessToken = sample.issued().accessToken();
        node.now = node.now.plus(Duration.ofMinutes(9));

        assertThat(Jwts.claims(node.ask(sample.userinfo(accessToken)).jwt()).getString("sub"))
                .isEqualTo(Jwts.claims(accessToken).getString("sub"));
    }

    /** Their user's id would be in it. */
    @Test
    void accessToken_givesNoJwtsForApps() {
        AppSamples app = new AppSamples();
        Secret accessToken = sample.issued().accessToken();
        refused(app.request(node, new Proof.ByAccessToken(accessToken)), Code.INVALID_TOKEN);
        assertThat(node.ask(app.request(
                        node, new Proof.ByAccessToken(of(null).issued().accessToken()))))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = IdTokenAlgorithm.class,
            names = {"ES256", "HS256"})
    void hint_namesTheRealUserToWhoStatesTheClient(IdTokenAlgorithm algorithm) {
        sample.algorithm = algorithm;
        Secret idToken = sample.idToken();
        Hint hint =
                Objects.requireNonNull(node.ask(sample.hint(idToken.reveal())).hint());

        assertThat(hint.subject()).isEqualTo(OpenIdSamples.SUBJECT);
        assertThat(hint.sid()).isEqualTo(sample.login.sessionId);
    }

    @Test
    void hint_withoutItsClient_hasTheNamesThatStandInIt() {
        Secret idToken = sample.idToken();
        Hint hint = Objects.requireNonNull(
                node.ask(new ReadHint("main", idToken, null)).hint());

        assertThat(hint.subject()).isEqualTo(Jwts.claims(idToken).getString("sub"));
        assertThat(hint.sid()).isEqualTo(Jwts.claims(idToken).getString("sid"));
    }

    /** A client that signs hints itself could else find out whether its user is one whom others know. */
    @Test
    void hint_withThePublicSubject_isNone() {
        Secret known = of(null).idToken();
        assertThat(node.ask(sample.hint(known.reveal())).hint()).isNull();
    }

    @Test
    void subject_thatTheClientWasTold_isRead() {
        String sub = idToken(sample.issued()).getString("sub");

        assertThat(read(sample, sub)).isEqualTo(OpenIdSamples.SUBJECT);
        assertThat(read(of("bank.example.org"), sub)).isNotEqualTo(OpenIdSamples.SUBJECT);
        assertThat(read(sample, OpenIdSamples.SUBJECT)).isNull();
        assertThat(read(of(null), OpenIdSamples.SUBJECT)).isEqualTo(OpenIdSamples.SUBJECT);
    }

    private static @Nullable String read(OpenIdSamples asking, String sub) {
        return node.ask(new ReadSubject("main", sub, asking.client())).subject();
    }

    private static void refused(Request<?> request, Code code) {
        assertThat(((OAuthError.Protocol) node.refusal(request)).code()).isEqualTo(code);
    }
}
