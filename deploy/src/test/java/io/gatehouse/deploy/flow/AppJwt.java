package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;

/** The JWT of an app as its application reads it, with a library that is not ours. */
record AppJwt(JsonObject header, JsonObject claims) {
    static AppJwt bySecret(String compact, String secret) {
        try {
            return checked(compact, new MACVerifier(secret));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** By the key that the JWT's {@code kid} names. */
    static AppJwt byJwks(String compact, String jwks) {
        try {
            String kid = SignedJWT.parse(compact).getHeader().getKeyID();
            JWK key = JWKSet.parse(jwks).getKeyByKeyId(kid);
            assertThat(key).as("the key %s of %s", kid, jwks).isNotNull();
            return checked(
                    compact,
                    key.getKeyType().getValue().equals("RSA")
                            ? new RSASSAVerifier(key.toRSAKey())
                            : new ECDSAVerifier(key.toECKey()));
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static AppJwt checked(String compact, JWSVerifier verifier) {
        try {
            SignedJWT jwt = SignedJWT.parse(compact);
            assertThat(jwt.verify(verifier)).as(compact).isTrue();
            return new AppJwt(
                    new JsonObject(jwt.getHeader().toString()),
                    new JsonObject(jwt.getPayload().toString()));
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
