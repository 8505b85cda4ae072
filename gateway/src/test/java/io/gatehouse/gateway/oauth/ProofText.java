package io.gatehouse.gateway.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import io.gatehouse.common.crypto.Digest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A DPoP proof of the test's start, good in every respect, and its ways to differ: signed whatever it says. */
final class ProofText {
    static final String TOKEN_URI = TestNode.ISSUER + "/oauth2/token";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final JWK key;
    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();

    private ProofText(JWK key, String method, String uri) {
        this.key = key;
        header.put("typ", "dpop+jwt");
        header.put("alg", key.getAlgorithm().getName());
        header.put("jwk", new JsonObject(key.toPublicJWK().toJSONString()).getMap());
        claims.put("jti", "jti-" + COUNT.incrementAndGet());
        claims.put("htm", method);
        claims.put("htu", uri);
        claims.put("iat", TestClock.START.getEpochSecond());
    }

    static ProofText forToken(JWK key) {
        return new ProofText(key, "POST", TOKEN_URI);
    }

    static ProofText forUserinfo(JWK key, String accessToken) {
        return new ProofText(key, "GET", TestNode.ISSUER + "/oauth2/userinfo")
                .claim("ath", Digest.of(accessToken).value().base64Url());
    }

    static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** @param value null: without it */
    ProofText header(String name, Object value) {
        return put(header, name, value);
    }

    /** @param value null: without it */
    ProofText claim(String name, Object value) {
        return put(claims, name, value);
    }

    private ProofText put(Map<String, Object> members, String name, Object value) {
        if (value == null) {
            members.remove(name);
        } else {
            members.put(name, value);
        }
        return this;
    }

    String sign() {
        return key instanceof OctetKeyPair
                ? EdwardsKeys.signed(header, claims, key)
                : sign(new JsonObject(header).encode(), new JsonObject(claims).encode());
    }

    /** These members in text, as they are. */
    String sign(String head, String payload) {
        String input = Base64URL.encode(head) + "." + Base64URL.encode(payload);
        return input + "." + signature(input);
    }

    String head() {
        return new JsonObject(header).encode();
    }

    String payload() {
        return new JsonObject(claims).encode();
    }

    Base64URL signature(String input) {
        try {
            JWSSigner signer = key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
            JWSAlgorithm algorithm = JWSAlgorithm.parse(key.getAlgorithm().getName());
            return signer.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
