package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.HexFormat;

/** What a client does before it believes a word of what was signed for it, by Nimbus and the published keys. */
record JwtCheck(CodeFlow client, JWSAlgorithm algorithm) {
    /** What stands in front of the 32 bytes of a key (RFC 8410, section 4). */
    private static final String ED25519_HEAD = "302a300506032b6570032100";

    /** @param nonce null: none was sent, or it comes from a refresh */
    JWTClaimsSet idToken(String text, String nonce) {
        Nonce expected = nonce == null ? null : new Nonce(nonce);
        try {
            if (!algorithm.equals(JWSAlgorithm.EdDSA)) {
                return validator().validate(SignedJWT.parse(text), expected).toJWTClaimsSet();
            }
            JWTClaimsSet claims = signature(text);
            new IDTokenClaimsVerifier(issuer(), clientId(), expected, 0).verify(claims, null);
            return claims;
        } catch (Exception e) {
            throw new AssertionError("no good: " + text, e);
        }
    }

    private IDTokenValidator validator() throws MalformedURLException {
        return algorithm.equals(JWSAlgorithm.HS256)
                ? new IDTokenValidator(issuer(), clientId(), algorithm, new Secret(client.secret()))
                : new IDTokenValidator(issuer(), clientId(), algorithm, keys());
    }

    /** Of any JWT, whatever it says. */
    JWTClaimsSet signature(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(algorithm);
            assertThat(holds(jwt)).as(text).isTrue();
            return jwt.getJWTClaimsSet();
        } catch (GeneralSecurityException | IOException | JOSEException | ParseException e) {
            throw new AssertionError(e);
        }
    }

    private boolean holds(SignedJWT jwt) throws GeneralSecurityException, IOException, JOSEException, ParseException {
        if (algorithm.equals(JWSAlgorithm.HS256)) {
            return jwt.verify(new MACVerifier(client.secret()));
        }
        JWK key = JWKSet.load(keys()).getKeyByKeyId(jwt.getHeader().getKeyID());
        return algorithm.equals(JWSAlgorithm.EdDSA) ? holdsByEd25519(jwt, key) : jwt.verify(verifier(key));
    }

    private JWSVerifier verifier(JWK key) throws JOSEException {
        return algorithm.equals(JWSAlgorithm.ES256)
                ? new ECDSAVerifier(key.toECKey())
                : new RSASSAVerifier(key.toRSAKey());
    }

    /** Nimbus wants a library of its own for this algorithm; the JDK has it. */
    private static boolean holdsByEd25519(SignedJWT jwt, JWK key) throws GeneralSecurityException {
        byte[] raw = key.toOctetKeyPair().getDecodedX();
        byte[] encoded = HexFormat.of().parseHex(ED25519_HEAD + HexFormat.of().formatHex(raw));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        signature.update(jwt.getSigningInput());
        return signature.verify(jwt.getSignature().decode());
    }

    private Issuer issuer() {
        return new Issuer(client.caller().base());
    }

    private ClientID clientId() {
        return new ClientID(client.clientId());
    }

    private URL keys() throws MalformedURLException {
        return client.caller().base().resolve("/oauth2/jwks").toURL();
    }
}
