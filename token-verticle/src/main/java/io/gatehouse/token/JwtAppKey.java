package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.JcaAlgorithm;
import io.gatehouse.common.model.JwtAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.text.ParseException;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The key of a JWT app, opened; for one event loop, as {@link JwsKey} says. */
final class JwtAppKey implements JwsKey {
    private final boolean slow;
    private final byte[] header;
    private final List<String> publicJwks;
    private final UnaryOperator<byte[]> signer;

    private JwtAppKey(boolean slow, byte[] header, List<String> publicJwks, UnaryOperator<byte[]> signer) {
        this.slow = slow;
        this.header = header;
        this.publicJwks = publicJwks;
        this.signer = signer;
    }

    /** @param opened the shared secret, or a private JWK as JSON */
    static JwtAppKey of(JwtAlgorithm algorithm, Bytes opened)
            throws GeneralSecurityException, ParseException, JOSEException {
        return algorithm.isAsymmetric() ? asymmetric(algorithm, JWK.parse(opened.utf8())) : shared(algorithm, opened);
    }

    /** The encoded header and the dot behind it; not to be written to. */
    byte[] header() {
        return header;
    }

    /** JSON texts; none where the app shares a secret. */
    List<String> publicJwks() {
        return publicJwks;
    }

    @Override
    public boolean isSlow() {
        return slow;
    }

    @Override
    public byte[] sign(byte[] input) {
        return signer.apply(input);
    }

    private static JwtAppKey shared(JwtAlgorithm algorithm, Bytes secret) throws GeneralSecurityException {
        String name = "HmacSHA" + algorithm.hashBits();
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(secret.toArray(), name));
        return new JwtAppKey(false, header(algorithm, null), List.of(), mac::doFinal);
    }

    private static JwtAppKey asymmetric(JwtAlgorithm algorithm, JWK jwk)
            throws GeneralSecurityException, JOSEException {
        PrivateKey key = algorithm.kind() == JwtAlgorithm.Kind.EC
                ? jwk.toECKey().toECPrivateKey()
                : jwk.toRSAKey().toRSAPrivateKey();
        boolean slow = algorithm != JwtAlgorithm.ES256;
        return new JwtAppKey(
                slow,
                header(algorithm, jwk.getKeyID()),
                List.of(jwk.toPublicJWK().toJSONString()),
                new JcaSigner(JcaAlgorithm.of(algorithm), key, slow)::sign);
    }

    // Names and values are ours or base64url: nothing to escape.
    private static byte[] header(JwtAlgorithm algorithm, @Nullable String kid) {
        String named = kid == null ? "" : ",\"kid\":\"" + kid + "\"";
        String json = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"" + named + "}";
        return (Base64Url.encode(json.getBytes(StandardCharsets.US_ASCII)) + ".").getBytes(StandardCharsets.US_ASCII);
    }
}
