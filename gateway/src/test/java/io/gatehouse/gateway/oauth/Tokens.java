package io.gatehouse.gateway.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.VerificationKey;
import io.gatehouse.common.verify.AccessToken;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Access tokens made by another library than the one that reads them. */
public final class Tokens {
    public static final String SUBJECT = "5f8a1c9e-4b3d-4c1a-9e2f-1a2b3c4d5e6f";
    static final ECKey KEY = ecKey("key-1");

    private Tokens() {}

    static ECKey ecKey(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(kid)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static RSAKey rsaKey(String kid, JWSAlgorithm algorithm) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(kid)
                    .algorithm(algorithm)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static VerificationKey published(JWK key) {
        return new VerificationKey(
                key.getKeyID(),
                SigningAlgorithm.of(key.getAlgorithm().getName()),
                key.toPublicJWK().toJSONString());
    }

    public static KeySet keySet(String tenant) {
        return keySet(tenant, 1, KEY);
    }

    public static KeySet keySet(String tenant, long version) {
        return keySet(tenant, version, KEY);
    }

    static KeySet keySet(String tenant, long version, JWK... keys) {
        return new KeySet(
                tenant, version, List.of(keys).stream().map(Tokens::published).toList());
    }

    /** Of a token of the login API that is good in every respect. */
    public static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", TestNode.ISSUER);
        claims.put("sub", SUBJECT);
        claims.put("aud", TestNode.ISSUER);
        claims.put("client_id", "gatehouse.login");
        claims.put("jti", "jti-1");
        claims.put("iat", TestClock.START.getEpochSecond());
        claims.put("exp", TestClock.START.plusSeconds(600).getEpochSecond());
        claims.put("scope", "openid profile");
        claims.put("family", "login");
        claims.put("cep", 0);
        claims.put("sep", 0);
        claims.put("gid", "gid-1");
        claims.put("sid", "sid-1");
        claims.put("roles", List.of("editor"));
        return claims;
    }

    static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    static Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "at+jwt");
        header.put("alg", "ES256");
        header.put("kid", KEY.getKeyID());
        return header;
    }

    static Map<String, Object> header(String name, Object value) {
        Map<String, Object> header = header();
        header.put(name, value);
        return header;
    }

    public static String signed(Map<String, Object> claims) {
        return signed(header(), claims, KEY);
    }

    static String signed(Map<String, Object> header, Map<String, Object> claims, JWK key) {
        try {
            JWSSigner signer = key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
            JWSObject token = new JWSObject(JWSHeader.parse(header), new Payload(claims));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException | ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** Whatever the header says, with a right signature of {@code key} behind it. */
    static String signedAsItIs(String header, String payload, ECKey key) {
        try {
            String head = Base64URL.encode(header).toString();
            String input = head + "." + Base64URL.encode(payload);
            return input + "." + new ECDSASigner(key).sign(new JWSHeader(JWSAlgorithm.ES256), input.getBytes());
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static AccessToken parsed(String jti) {
        return parsed(jti, 0, 0, 0);
    }

    static AccessToken parsedWithEpochs(long subjectEpoch, long clientEpoch) {
        return parsed("jti-1", subjectEpoch, clientEpoch, 0);
    }

    static AccessToken parsedByConsent(long consentEpoch) {
        return parsed("jti-1", 0, 0, consentEpoch);
    }

    private static AccessToken parsed(String jti, long subjectEpoch, long clientEpoch, long consentEpoch) {
        return new AccessToken(
                "main",
                TestNode.ISSUER,
                SUBJECT,
                SUBJECT,
                "gatehouse.login",
                TokenFamily.LOGIN,
                Scope.EMPTY,
                List.of(TestNode.ISSUER),
                List.of(),
                jti,
                "gid-1",
                "sid-1",
                subjectEpoch,
                clientEpoch,
                KEY.getKeyID(),
                TestClock.START,
                TestClock.START.plus(Duration.ofMinutes(10)),
                List.of(),
                consentEpoch,
                null,
                null,
                null,
                List.of("pwd"));
    }
}
