package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.IdTokens.Hint;
import io.gatehouse.common.message.IdTokens.ReadHint;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Which hints are ID tokens of ours; all others are none. */
class HintReaderTest {
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
        sample = new OpenIdSamples(node);
    }

    @AfterEach
    void rewind() {
        node.now = TokenNode.NOW;
    }

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void hint_ofEveryAlgorithm_isReadLongAfterItExpired(IdTokenAlgorithm algorithm) {
        sample.algorithm = algorithm;
        String token = sample.idToken().reveal();
        Hint hint =
                new Hint("web", OpenIdSamples.SUBJECT, sample.login.sessionId, Instant.parse("2026-05-04T03:12:01Z"));
        assertThat(read(token)).isEqualTo(hint);
        node.now = TokenNode.NOW.plus(Duration.ofDays(400));
        assertThat(read(token)).isEqualTo(hint);
    }

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void hint_withoutAClient_isReadWhereTheTenantSigned(IdTokenAlgorithm algorithm) {
        sample.algorithm = algorithm;
        Secret token = sample.idToken();
        Hint hint = node.ask(new ReadHint("main", token, null)).hint();
        assertThat(hint == null).isEqualTo(algorithm == IdTokenAlgorithm.HS256);
    }

    @Test
    void hint_withoutASession_namesNone() {
        sample.login.sessionId = null;
        assertThat(Objects.requireNonNull(read(sample.idToken().reveal())).sid())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = IdTokenAlgorithm.class,
            names = {"ES256", "EDDSA", "HS256"})
    void hint_withAnyChangedCharacter_isNone(IdTokenAlgorithm algorithm) {
        sample.algorithm = algorithm;
        String token = sample.idToken().reveal();
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(read(token.substring(0, i) + other + token.substring(i + 1)))
                    .as("changed at %d", i)
                    .isNull();
        }
    }

    @Test
    void hint_ofAnotherTenant_isNone() {
        Secret token = sample.idToken();
        assertThat(node.ask(new ReadHint("acme", token, null)).hint()).isNull();
        // Its own secret does not make it the tenant's.
        sample.algorithm = IdTokenAlgorithm.HS256;
        String bySecret = sample.idToken().reveal();
        sample.login.tenant = "acme";
        assertThat(read(bySecret)).isNull();
    }

    @Test
    void hint_bySecretOfAnotherClient_isNone() {
        sample.algorithm = IdTokenAlgorithm.HS256;
        String token = sample.idToken().reveal();
        sample.login.clientId = "spa";
        sample.sealedFor = "spa";
        // Even where two clients share a secret, which nobody should let them.
        assertThat(read(token)).isNull();
        sample.secret = "spa-secret-0123456789abcdef0123456789";
        assertThat(read(token)).isNull();
    }

    /** A client that signs by its secret now is still given hints that its tenant signed before; never the reverse. */
    @Test
    void hint_bySecretOfAClientThatDoesNotUseIt_isNone() {
        String byTenant = sample.idToken().reveal();
        sample.algorithm = IdTokenAlgorithm.HS256;
        String bySecret = sample.idToken().reveal();
        assertThat(read(byTenant)).isNotNull();
        sample.userinfoAlgorithm = IdTokenAlgorithm.HS256;
        sample.algorithm = IdTokenAlgorithm.ES256;
        assertThat(read(bySecret)).isNull();
    }

    @Test
    void hint_bySecretThatCanNotBeHad_isNone() {
        sample.algorithm = IdTokenAlgorithm.HS256;
        String token = sample.idToken().reveal();
        sample.sealed = false;
        assertThat(read(token)).isNull();
    }

    @Test
    void header_thatSaysSomethingElse_isNone() throws Exception {
        assertThat(read(signed(header(), claims()))).isNotNull();
        JsonObject untyped = header();
        untyped.remove("typ");
        assertThat(read(signed(untyped, claims()))).isNotNull();
        assertNone(header().put("typ", "at+jwt"));
        assertNone(header().put("typ", "logout+jwt"));
        assertNone(header().put("typ", 7));
        assertNone(header().putNull("typ"));
        assertNone(header().put("alg", "none"));
        assertNone(header().put("alg", "RS256"));
        assertNone(header().put("alg", "HS256"));
        assertNone(header().put("kid", "unknown"));
        assertNone(header().put("crit", new JsonArray().add("exp")));
        assertNone(header().put("jwk", new JsonObject(key().toPublicJWK().toJSONString())));
    }

    /** The public key is no secret. */
    @Test
    void hint_signedWithThePublicKeyAsASecret_isNone() throws Exception {
        sample.algorithm = IdTokenAlgorithm.HS256;
        byte[] secret = key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        String input = input(header().put("alg", "HS256"), claims());
        assertThat(read(input + "."
                        + new MACSigner(secret)
                                .sign(new JWSHeader(JWSAlgorithm.HS256), input.getBytes(StandardCharsets.US_ASCII))))
                .isNull();
    }

    @Test
    void claims_thatAreNotThoseOfAnIdToken_areNone() throws Exception {
        for (String name : List.of("iss", "aud", "sub", "exp", "auth_time")) {
            JsonObject without = claims();
            without.remove(name);
            assertThat(read(signed(header(), without))).as(name).isNull();
            assertThat(read(signed(header(), claims().put(name, new JsonArray().add("x")))))
                    .as(name)
                    .isNull();
        }
        assertThat(read(signed(header(), claims().put("iss", "https://login.example.org/t/acme"))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "e30.e30.", "é.é.é"})
    void text_thatIsNoJwt_isNone(String text) {
        assertThat(read(text)).isNull();
    }

    @Test
    void text_beyondItsSize_isNone() {
        assertThat(read("a".repeat(1_000_000))).isNull();
    }

    @Test
    void client_madeUpOrForeign_isRefused() {
        Secret token = sample.idToken();
        sample.attestor = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
        refused(new ReadHint("main", token, sample.client()));
        sample.attestor = node.attestor;
        sample.login.tenant = "acme";
        refused(new ReadHint("main", token, sample.client()));
    }

    private static void refused(ReadHint request) {
        assertThat(((OAuthError.Protocol) node.refusal(request)).code()).isEqualTo(Code.INVALID_REQUEST);
    }

    private void assertNone(JsonObject header) throws Exception {
        assertThat(read(signed(header, claims()))).as(header.encode()).isNull();
    }

    private @Nullable Hint read(String token) {
        return node.ask(sample.hint(token)).hint();
    }

    /** The tenant's own private key: what it signs is refused for its words only. */
    private ECKey key() {
        sample.login.tenant = "main";
        node.issue(sample.login.ticket(), "");
        return Objects.requireNonNull(node.store.keys.get("main")).keys().stream()
                .map(row -> new KeySealer(AppSamples.MASTER_KEYS).open("main", row))
                .filter(ECKey.class::isInstance)
                .findFirst()
                .orElseThrow()
                .toECKey();
    }

    private JsonObject header() {
        return new JsonObject().put("typ", "JWT").put("alg", "ES256").put("kid", key().getKeyID());
    }

    private JsonObject claims() {
        return new JsonObject()
                .put("iss", "https://login.example.org")
                .put("sub", OpenIdSamples.SUBJECT)
                .put("aud", "web")
                .put("exp", TokenNode.NOW.getEpochSecond())
                .put("auth_time", TokenNode.NOW.getEpochSecond());
    }

    private String signed(JsonObject header, JsonObject claims) throws Exception {
        String input = input(header, claims);
        byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
        return input + "." + new ECDSASigner(key()).sign(new JWSHeader(JWSAlgorithm.ES256), bytes);
    }

    private static String input(JsonObject header, JsonObject claims) {
        return encoded(header) + "." + encoded(claims);
    }

    private static String encoded(JsonObject json) {
        return Base64Url.encode(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}
