package io.gatehouse.deploy.flow;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;

/** A client's key, and proofs of it (RFC 9449) by Nimbus' SDK. */
record ProofKey(URI base, ECKey key, DPoPProofFactory factory) {
    static ProofKey make(URI base) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).generate();
            return new ProofKey(base, key, new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** For the token endpoint. */
    String proof() {
        return posted("/oauth2/token");
    }

    /** For a POST to that path. */
    String posted(String path) {
        try {
            return factory.createDPoPJWT("POST", URI.create(base + path)).serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** For userinfo. */
    String proof(String accessToken) {
        try {
            return factory.createDPoPJWT("GET", URI.create(base + "/oauth2/userinfo"), new DPoPAccessToken(accessToken))
                    .serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
