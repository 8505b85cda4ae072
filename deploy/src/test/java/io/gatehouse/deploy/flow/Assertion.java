package io.gatehouse.deploy.flow;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client's JWT about itself (RFC 7523, section 3), and its ways to be wrong. */
final class Assertion {
    private final JsonObject header;
    private final JsonObject claims;

    private Assertion(JsonObject header, JsonObject claims) {
        this.header = header;
        this.claims = claims;
    }

    /** A right one. */
    static Assertion of(String clientId, String audience, String algorithm) {
        long now = Instant.now().getEpochSecond();
        return new Assertion(
                new JsonObject().put("alg", algorithm),
                new JsonObject()
                        .put("iss", clientId)
                        .put("sub", clientId)
                        .put("aud", audience)
                        .put("jti", UUID.randomUUID().toString())
                        .put("iat", now)
                        .put("exp", now + 300));
    }

    /** @param value null: without the claim */
    Assertion with(String claim, Object value) {
        JsonObject changed = claims.copy();
        if (value == null) {
            changed.remove(claim);
        } else {
            changed.put(claim, value);
        }
        return new Assertion(header, changed);
    }

    Assertion header(String name, Object value) {
        return new Assertion(header.copy().put(name, value), claims);
    }

    String input() {
        return encoded(header.encode()) + "." + encoded(claims.encode());
    }

    String signed(KeyPair key) {
        return signed(input(), header.getString("alg"), key.getPrivate());
    }

    /** By HS256. */
    String signed(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input() + "." + encoded(mac.doFinal(input().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(String input, String algorithm, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "ES256" -> "SHA256withECDSAinP1363Format";
                        case "RS256" -> "SHA256withRSA";
                        case "PS256" -> "RSASSA-PSS";
                        default -> "Ed25519";
                    });
            signature.initSign(key);
            if (algorithm.equals("PS256")) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.update(input.getBytes(StandardCharsets.UTF_8));
            return input + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @param type EC, RSA or Ed25519 */
    static KeyPair key(String type) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            if (!type.equals("Ed25519")) {
                generator.initialize(type.equals("EC") ? 256 : 2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The public key as a JWK; kid may be null. */
    static JsonObject jwk(KeyPair key, String kid) {
        String json = switch (key.getPublic()) {
            case ECPublicKey ec ->
                new ECKey.Builder(Curve.P_256, ec).keyID(kid).build().toJSONString();
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(kid).build().toJSONString();
            default -> {
                byte[] x509 = key.getPublic().getEncoded();
                Base64URL x = Base64URL.encode(Arrays.copyOfRange(x509, x509.length - 32, x509.length));
                yield new OctetKeyPair.Builder(Curve.Ed25519, x)
                        .keyID(kid)
                        .build()
                        .toJSONString();
            }
        };
        return new JsonObject(json);
    }
}
