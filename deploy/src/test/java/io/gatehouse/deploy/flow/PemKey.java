package io.gatehouse.deploy.flow;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Private keys as an operator writes them: PKCS#8 in PEM. */
final class PemKey {
    private PemKey() {}

    static String rsa() {
        return generated("RSA", null);
    }

    static String ec(String curve) {
        return generated("EC", curve);
    }

    /** As the value of a key in YAML, its lines set in by so many blanks. */
    static String block(String pem, int blanks) {
        return "|\n" + pem.indent(blanks).stripTrailing();
    }

    private static String generated(String algorithm, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve == null) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
