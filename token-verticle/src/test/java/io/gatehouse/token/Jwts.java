package io.gatehouse.token;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.VerificationKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tokens through somebody else's eyes: Nimbus reads and verifies them with the published key set. */
final class Jwts {
    /** RFC 8410, section 4: what stands in front of an Ed25519 public key in X.509. */
    private static final String ED25519_PREFIX = "302a300506032b6570032100";

    private Jwts() {}

    static SignedJWT read(Secret token) throws Exception {
        return SignedJWT.parse(token.reveal());
    }

    static String text(@Nullable Secret token) {
        return Objects.requireNonNull(token).reveal();
    }

    static JsonObject claims(Secret token) {
        String payload = token.reveal().split("\\.")[1];
        return new JsonObject(Objects.requireNonNull(Base64Url.decode(payload)).utf8());
    }

    static JWKSet jwks(KeySet keys) throws Exception {
        JsonArray array = new JsonArray();
        keys.keys().stream().map(VerificationKey::jwk).map(JsonObject::new).forEach(array::add);
        return JWKSet.parse(new JsonObject().put("keys", array).encode());
    }

    static boolean verifies(SignedJWT token, KeySet keys) throws Exception {
        JWK key = jwks(keys).getKeyByKeyId(token.getHeader().getKeyID());
        if (key == null || !key.getAlgorithm().equals(token.getHeader().getAlgorithm())) {
            return false;
        }
        return switch (key.getKeyType().getValue()) {
            case "EC" -> token.verify(verifier(token.getHeader(), key.toECKey().toPublicKey()));
            case "RSA" ->
                token.verify(verifier(token.getHeader(), key.toRSAKey().toPublicKey()));
            default -> verifies(token, publicKey(key.toOctetKeyPair()));
        };
    }

    static PublicKey publicKey(OctetKeyPair jwk) throws Exception {
        String encoded = ED25519_PREFIX + HexFormat.of().formatHex(jwk.getDecodedX());
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(encoded)));
    }

    private static com.nimbusds.jose.JWSVerifier verifier(JWSHeader header, PublicKey key) throws Exception {
        return new DefaultJWSVerifierFactory().createJWSVerifier(header, key);
    }

    // Nimbus needs Tink for this one; the JDK's own provider is as independent of what signed.
    private static boolean verifies(SignedJWT token, PublicKey key) throws Exception {
        Signature signature = Signature.getInstance("Ed25519", "SunEC");
        signature.initVerify(key);
        signature.update(token.getSigningInput());
        return signature.verify(token.getSignature().decode());
    }
}
