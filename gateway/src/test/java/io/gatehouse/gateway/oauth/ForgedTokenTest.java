package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static io.gatehouse.gateway.oauth.Tokens.KEY;
import static io.gatehouse.gateway.oauth.Tokens.claims;
import static io.gatehouse.gateway.oauth.Tokens.header;
import static io.gatehouse.gateway.oauth.Tokens.signed;
import static io.gatehouse.gateway.oauth.Tokens.signedAsItIs;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.VerificationKey;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key decides how a signature is checked; a token's header decides nothing (lessons 8, 9 and 27). */
class ForgedTokenTest {
    private static final RSAKey RSA = Tokens.rsaKey("rsa-1", JWSAlgorithm.RS256);
    private static final ECKey MALLORY = Tokens.ecKey(KEY.getKeyID());

    private final TestNode node = new TestNode();
    private TokenInspector inspector;

    @BeforeEach
    void start() {
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant(), 1, KEY, RSA));
        inspector = node.protocol(node.knowledge()).inspector();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void assertInvalid(String token) {
        OAuthError error = refusal(inspector.inspect("main", token));
        assertThat(error).as(token).isInstanceOf(Protocol.class);
        assertThat(((Protocol) error).code()).as(token).isEqualTo(Code.INVALID_TOKEN);
    }

    private static String unsigned(Map<String, Object> header) {
        return Base64URL.encode(new JsonObject(header).encode()) + "."
                + Base64URL.encode(new JsonObject(claims()).encode()) + ".";
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "", "ES256", "RS256", "HS256"})
    void aTokenWithoutASignatureIsRefused(String algorithm) {
        assertInvalid(unsigned(header("alg", algorithm)));
        assertInvalid(unsigned(header("alg", algorithm)) + "AA");
        assertInvalid(unsigned(header("alg", algorithm)) + "e30");
    }

    @Test
    void aPublicKeyIsNoSharedSecret() throws JOSEException {
        List<byte[]> secrets = List.of(
                RSA.toPublicKey().getEncoded(),
                RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                KEY.toPublicKey().getEncoded(),
                KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
        for (byte[] secret : secrets) {
            for (String kid : List.of("rsa-1", "key-1")) {
                assertInvalid(macSigned(secret, kid));
            }
        }
    }

    private static String macSigned(byte[] secret, String kid) throws JOSEException {
        Map<String, Object> header = header("alg", "HS256");
        header.put("kid", kid);
        String head = Base64URL.encode(new JsonObject(header).encode()).toString();
        String input = head + "." + Base64URL.encode(new JsonObject(claims()).encode());
        return input + "." + new MACSigner(secret).sign(new JWSHeader(JWSAlgorithm.HS256), input.getBytes());
    }

    @Test
    void aKeySignsByItsOwnAlgorithmOnly() {
        RSAKey asPs256 = new RSAKey.Builder(RSA).algorithm(JWSAlgorithm.PS256).build();
        Map<String, Object> header = header("alg", "PS256");
        header.put("kid", "rsa-1");
        assertInvalid(signed(header, claims(), asPs256));
        header.put("alg", "RS512");
        assertInvalid(signed(header, claims(), RSA));
        header.put("alg", "RS256");
        await(inspector.inspect("main", signed(header, claims(), RSA)));
        header.put("kid", "key-1");
        assertInvalid(signed(header, claims(), RSA));
    }

    @Test
    void aKeyInTheHeaderIsNoKey() {
        assertInvalid(signed(header(), claims(), MALLORY));
        assertInvalid(signed(header("jwk", MALLORY.toPublicJWK().toJSONObject()), claims(), MALLORY));
        assertInvalid(signed(header("jku", "https://evil.example/jwks"), claims(), MALLORY));
        assertInvalid(signed(header("x5u", "https://evil.example/cert"), claims(), MALLORY));
        assertInvalid(signedAsItIs(
                new JsonObject(header("x5c", List.of("MIIB"))).encode(), new JsonObject(claims()).encode(), MALLORY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "AT+JWT", "application/at+jwt", "dpop+jwt", "logout+jwt", "at+jwt ", ""})
    void anotherTypeOfTokenIsRefused(String type) {
        assertInvalid(signed(header("typ", type), claims(), KEY));
    }

    @Test
    void aHeaderThatLacksWhatOursHaveIsRefused() {
        for (String name : List.of("typ", "kid", "alg")) {
            Map<String, Object> header = header();
            header.remove(name);
            assertInvalid(signedAsItIs(new JsonObject(header).encode(), new JsonObject(claims()).encode(), KEY));
            header.put(name, 1);
            assertInvalid(signedAsItIs(new JsonObject(header).encode(), new JsonObject(claims()).encode(), KEY));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"exp\"]", "[\"b64\"]", "[]", "null", "\"exp\""})
    void criticalExtensionsAreRefused(String critical) {
        String header =
                "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"key-1\",\"crit\":" + critical + ",\"b64\":true}";
        assertInvalid(signedAsItIs(header, new JsonObject(claims()).encode(), KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"x\"", "1", "", "{", "{}x", "{\"typ\":", "\u0000"})
    void whatIsNoJsonObjectIsRefused(String json) {
        assertInvalid(signedAsItIs(json, new JsonObject(claims()).encode(), KEY));
        assertInvalid(signedAsItIs(new JsonObject(header()).encode(), json, KEY));
    }

    @Test
    void onlyOneSpellingOfATokenIsGood() {
        String good = signed(claims());
        String[] parts = good.split("\\.");
        await(inspector.inspect("main", good));

        for (String bad : List.of(
                "",
                ".",
                "..",
                "...",
                good + ".",
                "." + good,
                good + ".x",
                good + "=",
                good + " ",
                " " + good,
                good + "\n",
                parts[0] + "." + parts[1],
                parts[0] + ".." + parts[2],
                parts[1] + "." + parts[0] + "." + parts[2],
                parts[0] + "=." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + "==." + parts[2],
                good.replace('.', '|'),
                good.replaceFirst("e", "\u00e4"),
                parts[0] + "\n." + parts[1] + "." + parts[2],
                good + "AA",
                parts[0] + "." + parts[1] + "." + parts[2].substring(1),
                "Bearer " + good)) {
            assertInvalid(bad);
        }
        assertInvalid(good.substring(0, good.length() - 1) + nextInAlphabet(good.charAt(good.length() - 1)));
    }

    /** The last of 86 characters has two bits that mean nothing: another text for the same bytes. */
    private static char nextInAlphabet(char c) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet.charAt((alphabet.indexOf(c) + 1) % 64);
    }

    /** RFC 7518, section 3.4: a signature by ES256 is 64 bytes; DER is what the JDK writes. */
    @Test
    void aSignatureInAnotherFormIsRefused() throws JOSEException {
        String good = signed(claims());
        String input = good.substring(0, good.lastIndexOf('.'));
        byte[] raw = new Base64URL(good.substring(input.length() + 1)).decode();
        byte[] der = ECDSA.transcodeSignatureToDER(raw);

        assertInvalid(input + "." + Base64URL.encode(der));
        assertInvalid(input + "." + Base64URL.encode(new byte[64]));
        assertInvalid(input + "." + Base64URL.encode(new byte[8192]));
    }

    /** vertx-auth-jwt takes a provider whose only key it could not read for one that needs no signature. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"EC\",\"crv\":\"P-999\",\"kid\":\"key-1\",\"alg\":\"ES256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"unheard-of\",\"kid\":\"key-1\",\"alg\":\"ES256\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"enc\",\"kid\":\"key-1\",\"alg\":\"ES256\"}",
                "{}",
                "nonsense"
            })
    void aPublishedKeyThatCantBeReadVerifiesNothing(String jwk) {
        VerificationKey unreadable = new VerificationKey("key-1", SigningAlgorithm.ES256, jwk);
        node.on(VerificationKeys.Get.class, get -> new KeySet("main", 2, List.of(unreadable)));

        assertInvalid(unsigned(header()));
        assertInvalid(signed(claims()));
        assertInvalid(signed(header(), claims(), MALLORY));
    }

    @Test
    void aSignatureOfAnotherTokenIsRefused() {
        String one = signed(claims());
        String other = signed(claims("scope", "admin"));
        assertInvalid(other.substring(0, other.lastIndexOf('.')) + one.substring(one.lastIndexOf('.')));
    }
}
