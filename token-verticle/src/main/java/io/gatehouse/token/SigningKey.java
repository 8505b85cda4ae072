package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.model.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A private key, ready to sign. It belongs to the key ring of one event loop and keeps one {@link Signature} there:
 * preparing one costs more than signing. RSA signs on worker threads with a fresh one each time, which costs nothing
 * beside the signature itself (measured).
 */
final class SigningKey {
    /** RFC 7518, section 3.5: the salt is as long as the hash. */
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private final String kid;
    private final SigningAlgorithm algorithm;
    private final PrivateKey key;
    private final Map<TokenType, byte[]> headers;
    private @Nullable Signature own;

    private SigningKey(String kid, SigningAlgorithm algorithm, PrivateKey key) {
        this.kid = kid;
        this.algorithm = algorithm;
        this.key = key;
        this.headers = headers(kid, algorithm);
    }

    static SigningKey of(SigningAlgorithm algorithm, JWK jwk) {
        try {
            return new SigningKey(jwk.getKeyID(), algorithm, privateKey(algorithm, jwk));
        } catch (GeneralSecurityException | JOSEException e) {
            throw new UnusableKey("Signing key " + jwk.getKeyID() + " is no key for " + algorithm.jwsName(), e);
        }
    }

    String kid() {
        return kid;
    }

    SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** The encoded header and the dot behind it; not to be written to. */
    byte[] header(TokenType type) {
        return Objects.requireNonNull(headers.get(type));
    }

    /** The JWS signature value of {@code input}; on the ring's own event loop, unless the algorithm is slow. */
    byte[] sign(byte[] input) {
        try {
            return algorithm.isSlow() ? signed(prepared(), input) : signedHere(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing " + algorithm.jwsName() + " with " + kid + " failed", e);
        }
    }

    private byte[] signedHere(byte[] input) throws GeneralSecurityException {
        Signature signature = own == null ? prepared() : own;
        // Kept only once it has worked: one that broke off may be half fed.
        own = null;
        byte[] value = signed(signature, input);
        own = signature;
        return value;
    }

    private static byte[] signed(Signature signature, byte[] input) throws GeneralSecurityException {
        signature.update(input);
        return signature.sign();
    }

    private Signature prepared() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jcaName());
        signature.initSign(key);
        if (algorithm == SigningAlgorithm.PS256) {
            signature.setParameter(PS256);
        }
        return signature;
    }

    private String jcaName() {
        return switch (algorithm) {
            case ES256 -> "SHA256withECDSAinP1363Format";
            case RS256 -> "SHA256withRSA";
            case PS256 -> "RSASSA-PSS";
            case EDDSA -> "Ed25519";
        };
    }

    // By the first provider's own factory: it would have to translate another one's key before it signs.
    private static PrivateKey privateKey(SigningAlgorithm algorithm, JWK jwk)
            throws GeneralSecurityException, JOSEException {
        return switch (algorithm) {
            case ES256 -> jwk.toECKey().toECPrivateKey();
            case RS256, PS256 -> jwk.toRSAKey().toRSAPrivateKey();
            case EDDSA -> edwardsCurve(jwk.toOctetKeyPair());
        };
    }

    private static PrivateKey edwardsCurve(OctetKeyPair jwk) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, jwk.getDecodedD()));
    }

    private static Map<TokenType, byte[]> headers(String kid, SigningAlgorithm algorithm) {
        Map<TokenType, byte[]> headers = new EnumMap<>(TokenType.class);
        for (TokenType type : TokenType.values()) {
            // Names and values are ours or base64url: nothing to escape.
            String json =
                    "{\"typ\":\"%s\",\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(type.typ(), algorithm.jwsName(), kid);
            String encoded = Base64Url.encode(json.getBytes(StandardCharsets.US_ASCII)) + ".";
            headers.put(type, encoded.getBytes(StandardCharsets.US_ASCII));
        }
        return headers;
    }
}
