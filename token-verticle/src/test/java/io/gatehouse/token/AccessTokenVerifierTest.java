package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.JwtAppTokens.Issue;
import io.gatehouse.common.message.JwtAppTokens.Issued;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which access tokens show that a user is there; all others are refused as what they are: nothing. */
class AccessTokenVerifierTest {
    private static final long SECONDS = TokenNode.NOW.getEpochSecond();
    private TokenNode node;
    private AppSamples sample;

    @BeforeEach
    void open() {
        node = TokenNode.usual();
        sample = new AppSamples();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void token_ofEveryAlgorithm_counts(SigningAlgorithm algorithm) {
        sample.login.algorithm = algorithm;
        String token = token();
        counts(token);
        counts(token);
        refused(token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86));
        refused(token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(342));
    }

    @Test
    void token_ofAnOauthClientForAUser_counts() {
        sample.login.family = TokenFamily.OAUTH;
        counts(token());
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenFamily.class,
            names = {"LOGIN", "BABELBIRD"})
    void token_ofAnotherFamily_isRefused(TokenFamily family) {
        sample.login.family = family;
        refused(token());
    }

    @Test
    void token_ofAClientForItself_isRefused() {
        String token = node.issue(sample.login.client(), "").accessToken().reveal();
        refused(token);
        // Not for the subject alone.
        sample.subject = "web";
        refused(token);
    }

    /** Nothing on this way proves the key that it is bound to. */
    @Test
    void token_boundToAKey_isRefused() {
        sample.login.confirmation = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
        refused(token());
    }

    @Test
    void token_ofAnotherTenant_isRefused() {
        sample.login.tenant = "acme";
        String token = token();
        sample.login.tenant = "main";
        refused(token);
        sample.tenant = "acme";
        counts(token);
        sample.tenant = "main";
        refused(token);
    }

    @Test
    void token_thatExpiredSinceItCounted_isRefused() {
        String token = token();
        counts(token);
        node.now = TokenNode.NOW.plus(Duration.ofMinutes(15)).minusMillis(501);
        counts(token);
        node.now = node.now.plusMillis(1);
        refused(token);
        counts(token());
    }

    @Test
    void token_ofAKeyThatLeftSinceItCounted_isRefused() {
        String token = token();
        counts(token);
        sample.login.algorithm = SigningAlgorithm.EDDSA;
        counts(token());
        SealedKeySet set = Objects.requireNonNull(node.store.keys.get("main"));
        List<SealedKey> rest = set.keys().stream()
                .filter(key -> key.algorithm() != SigningAlgorithm.ES256)
                .toList();
        node.store.keys.put("main", new SealedKeySet("main", set.version() + 1, rest, null));
        // Delivered in order before what is asked afterwards on the same loop.
        node.bus.publish(new Event.KeysChanged("main", set.version() + 1));
        refused(token);
        counts(token());
    }

    /** It verifies until it leaves the set. */
    @Test
    void token_ofAKeyThatSignsNoMore_counts() {
        String token = token();
        SealedKeySet set = Objects.requireNonNull(node.store.keys.get("main"));
        List<SealedKey> retired = set.keys().stream()
                .map(key -> new SealedKey(
                        key.kid(),
                        key.algorithm(),
                        SealedKey.State.RETIRED,
                        key.publicJwk(),
                        key.privateJwk(),
                        key.createdAt()))
                .toList();
        node.store.keys.put("main", new SealedKeySet("main", set.version() + 1, retired, null));
        node.bus.publish(new Event.KeysChanged("main", set.version() + 1));
        counts(token);
    }

    @Test
    void token_whileTheStoreIsAwayAndTheKeyUnknown_isUnavailable() {
        String token = token();
        String unknown = withHeader(token, header().put("kid", "unknown"));
        node.store.away = true;
        counts(token);
        assertThat(node.refusal(sample.request(node, unknown))).isEqualTo(new OAuthError.Unavailable("store"));
        node.store.away = false;
        refused(unknown);
    }

    @Test
    void token_withAnyChangedCharacter_isRefused() {
        String token = token();
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            refused(token.substring(0, i) + other + token.substring(i + 1));
        }
        counts(token);
    }

    @Test
    void token_whoseHeaderSaysSomethingElse_isRefused() throws Exception {
        ECKey key = key();
        counts(signed(header(), claims()));
        refused(signed(header().put("typ", "JWT"), claims()));
        refused(signed(without(header(), "typ"), claims()));
        refused(signed(without(header(), "kid"), claims()));
        refused(signed(header().put("kid", 7), claims()));
        refused(signed(header().put("alg", "RS256"), claims()));
        refused(signed(header().put("alg", "none"), claims()));
        refused(signed(header().put("alg", "HS256"), claims()));
        refused(signed(header().put("crit", new JsonArray().add("exp")), claims()));
        refused(signed(header().put("jwk", new JsonObject(key.toPublicJWK().toJSONString())), claims()));
        refused(signed(
                "{\"alg\":\"ES256\",\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + key.getKeyID() + "\"}",
                claims().encode()));
    }

    /** The public key is no secret: it must not become one of another algorithm. */
    @Test
    void token_signedWithThePublicKeyAsASecret_isRefused() throws Exception {
        byte[] secret = key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        refused(jws(new MACSigner(secret), JWSAlgorithm.HS256));
        refused(jws(new MACSigner(key().toECPublicKey().getEncoded()), JWSAlgorithm.HS256));
    }

    @Test
    void token_signedByAnyKeyButTheTenants_isRefused() throws Exception {
        ECKey made = KeyMint.mint(SigningAlgorithm.ES256).toECKey();
        refused(jws(new ECDSASigner(made), JWSAlgorithm.ES256));
    }

    @ParameterizedTest
    @EnumSource(
            value = JwtAlgorithm.class,
            names = {"HS256", "ES256", "RS256"})
    void token_thatIsAJwtForAnApp_isRefused(JwtAlgorithm algorithm) {
        sample.algorithm = algorithm;
        Issued jwt = node.ask(sample.request(node, sample.ticket(node)));
        refused(jwt.jwt().reveal());
    }

    @Test
    void token_withClaimsThatAreNotOurs_isRefused() throws Exception {
        refused(signed(header(), claims().put("iss", "https://login.example.org/t/acme")));
        refused(signed(header(), claims().put("exp", SECONDS)));
        for (String name : List.of("iss", "aud", "sub", "exp", "family", "sep")) {
            refused(signed(header(), without(claims(), name)));
            refused(signed(header(), claims().put(name, new JsonArray().add("x"))));
            refused(signed(header(), claims().putNull(name)));
        }
        for (Object odd : List.of("1", 1.5, -1, Long.MAX_VALUE, true)) {
            refused(signed(header(), claims().put("exp", odd)));
            refused(signed(header(), claims().put("gexp", odd)));
        }
        refused(signed(header(), claims().put("exp", new BigInteger("9".repeat(40)))));
        refused(signed(header(), claims().put("family", "LOGINRADIUS")));
        refused(signed(header(), claims().put("sub", "web")));
        refused(signed(header().encode(), "[1]"));
        refused(signed(header().encode(), claims().encode() + "x"));
        refused(signed(header().encode(), ""));
    }

    /** Else a service could show a token that it was sent. */
    @Test
    void token_forAnotherAudience_isRefused() throws Exception {
        refused(signed(header(), claims().put("aud", "https://api.example.org")));
        refused(signed(header(), claims().put("aud", "https://login.example.org/")));
        refused(signed(header(), claims().put("aud", new JsonArray())));
        refused(signed(header(), claims().put("aud", new JsonObject().put("a", "https://login.example.org"))));
        counts(signed(
                header(),
                claims().put(
                                "aud",
                                new JsonArray().add("https://api.example.org").add("https://login.example.org"))));
    }

    @Test
    void token_isForTheAudienceThatIsConfigured() throws Exception {
        TokenNode usual = node;
        try (TokenNode own = new TokenNode(
                TokenNode.CONFIG + "tokens: {default_audience: api}\n", new StoreStandIn("main", "acme"))) {
            node = own;
            counts(token());
            refused(signed(header(), claims()));
            counts(signed(header(), claims().put("aud", "api")));
        } finally {
            node = usual;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "eyJ9.eyJ9.AAAA", "e30.e30.e30", "é.é.é", "\u0000.\u0000."})
    void token_thatIsNone_isRefused(String token) {
        refused(token);
    }

    @Test
    void token_beyondItsSize_isRefused() throws Exception {
        refused("a".repeat(1_000_000));
        String padded = signed(header(), claims().put("pad", "x".repeat(8192)));
        refused(padded);
        counts(signed(header(), claims().put("pad", "x".repeat(4096))));
    }

    private String token() {
        return node.issue(sample.login.ticket(), "").accessToken().reveal();
    }

    private void counts(String token) {
        assertThat(Jwts.claims(node.ask(request(token)).jwt()).getString("sub")).isEqualTo(AppSamples.UID);
    }

    private void refused(String token) {
        OAuthError error = node.refusal(request(token));
        assertThat(error).isInstanceOf(OAuthError.Protocol.class);
        assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_TOKEN);
        assertThat(((OAuthError.Protocol) error).description()).contains("access token");
    }

    private Issue request(String token) {
        sample.profileEnd = node.now.plusSeconds(5);
        sample.appEnd = node.now.plusSeconds(60);
        sample.login.expiresAt = node.now.plusSeconds(5);
        return sample.request(node, new Proof.ByAccessToken(Secret.of(token)));
    }

    /** The tenant's own private key: what it signs is refused for its words only. */
    private ECKey key() {
        token();
        SealedKeySet set = Objects.requireNonNull(node.store.keys.get("main"));
        JWK key = new KeySealer(AppSamples.MASTER_KEYS).open("main", set.keys().get(0));
        return key.toECKey();
    }

    private JsonObject header() {
        return new JsonObject().put("typ", "at+jwt").put("alg", "ES256").put("kid", key().getKeyID());
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", "https://login.example.org")
                .put("aud", "https://login.example.org")
                .put("sub", "0c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60")
                .put("client_id", "web")
                .put("exp", SECONDS + 600)
                .put("gexp", SECONDS + 86_400)
                .put("family", "loginradius")
                .put("sep", 4);
    }

    private static JsonObject without(JsonObject json, String name) {
        json.remove(name);
        return json;
    }

    private String signed(JsonObject header, JsonObject claims) throws Exception {
        return signed(header.encode(), claims.encode());
    }

    private String signed(String header, String claims) throws Exception {
        String input = encoded(header) + "." + encoded(claims);
        byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
        return input + "." + new ECDSASigner(key()).sign(new JWSHeader(JWSAlgorithm.ES256), bytes);
    }

    private String jws(JWSSigner signer, JWSAlgorithm algorithm) throws Exception {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key().getKeyID())
                .build();
        JWSObject jws = new JWSObject(header, new Payload(claims().encode()));
        jws.sign(signer);
        return jws.serialize();
    }

    private static String withHeader(String token, JsonObject header) {
        return encoded(header.encode()) + token.substring(token.indexOf('.'));
    }

    private static String encoded(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
