package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.gatehouse.common.model.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;

/** Makes signing keys; their {@code kid} is the thumbprint of RFC 7638. An RSA key takes 100 ms: not for event loops. */
final class KeyMint {
    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;

    private KeyMint() {}

    /** A private key with {@code kid}, {@code alg} and {@code use}. */
    static JWK mint(SigningAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case ES256 -> ellipticCurve(pair("EC", new ECGenParameterSpec("secp256r1")));
                case RS256, PS256 ->
                    rsa(
                            pair("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4)),
                            JWSAlgorithm.parse(algorithm.jwsName()));
                case EDDSA -> edwardsCurve(pair("Ed25519", NamedParameterSpec.ED25519));
            };
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("no key for " + algorithm.jwsName() + " could be made", e);
        }
    }

    private static KeyPair pair(String keyType, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
        generator.initialize(parameters);
        return generator.generateKeyPair();
    }

    private static JWK ellipticCurve(KeyPair pair) throws JOSEException {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .algorithm(JWSAlgorithm.ES256)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    private static JWK rsa(KeyPair pair, JWSAlgorithm algorithm) throws JOSEException {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .algorithm(algorithm)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    private static JWK edwardsCurve(KeyPair pair) throws JOSEException {
        // The public key ends its X.509 form (RFC 8410, section 4).
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
        byte[] d = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .d(Base64URL.encode(d))
                .algorithm(JWSAlgorithm.EdDSA)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }
}
