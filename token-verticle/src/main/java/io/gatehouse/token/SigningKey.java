package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import io.gatehouse.common.model.JcaAlgorithm;
import io.gatehouse.common.model.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Map;
import java.util.Objects;

/** A tenant's private key, ready to sign. It belongs to the key ring of one event loop. */
final class SigningKey implements TokenKey {
    private final String kid;
    private final SigningAlgorithm algorithm;
    private final JcaSigner signer;
    private final Map<TokenType, byte[]> headers;

    private SigningKey(String kid, SigningAlgorithm algorithm, PrivateKey key) {
        this.kid = kid;
        this.algorithm = algorithm;
        this.signer = new JcaSigner(JcaAlgorithm.of(algorithm), key, algorithm.isSlow());
        this.headers = TokenType.headers(algorithm.jwsName(), kid);
    }

    static SigningKey of(SigningAlgorithm algorithm, JWK jwk) {
        try {
            return new SigningKey(jwk.getKeyID(), algorithm, privateKey(algorithm, jwk));
        } catch (GeneralSecurityException | JOSEException e) {
            throw new UnusableKey("Signing key " + jwk.getKeyID() + " is no key for " + algorithm.jwsName(), e);
        }
    }

    @Override
    public String kid() {
        return kid;
    }

    SigningAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public byte[] header(TokenType type) {
        return Objects.requireNonNull(headers.get(type));
    }

    @Override
    public boolean isSlow() {
        return algorithm.isSlow();
    }

    @Override
    public byte[] sign(byte[] input) {
        return signer.sign(input);
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
}
