package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.JwtAppStatement;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.ProfileValue;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A JWT app, a user and what shows that the user is there, with everything in place, and their ways to differ. */
final class AppSamples {
    static final String SECRET = "shop-secret-0123456789abcdef0123456789-0123456789abcdef0123456789abcdef";
    static final String UID = "0c7e6d0a5d2c4a7b8f3e1b2c3d4e5f60";
    static final MasterKeys MASTER_KEYS =
            new MasterKeys(Bytes.of(Base64.getDecoder().decode(TokenNode.MASTER_KEY)), List.of());
    private static final Map<JwtAlgorithm, Bytes> KEYS = new ConcurrentHashMap<>();

    final Samples login = new Samples();
    String tenant = "main";
    JwtAlgorithm algorithm = JwtAlgorithm.HS256;
    String sealedFor = "shop";
    Duration life = Duration.ofMinutes(10);

    @Nullable
    String issuer;

    List<String> audiences = List.of();
    Map<String, ProfileValue> mapping = Map.of();
    Map<String, String> metadata = Map.of();
    Instant appEnd = TokenNode.NOW.plusSeconds(60);

    @Nullable
    String nonce;

    String subject = "0c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60";

    @Nullable
    String name = "Ada Lovelace";

    @Nullable
    String email = "ada@example.org";

    List<String> roles = List.of("editor", "author");
    Map<String, String> claims = Map.of("team", "blue");
    boolean disabled;
    long epoch = 4;
    Instant profileEnd = TokenNode.NOW.plusSeconds(5);

    AppSamples() {
        login.family = TokenFamily.LOGINRADIUS;
    }

    JwtApp app() {
        return new JwtApp(
                tenant,
                "shop",
                algorithm,
                JwtAppKeys.seal(MASTER_KEYS, new JwtAppKeys.Place(tenant, sealedFor, algorithm), key(algorithm)),
                JwtAppKeys.digest(key(algorithm)),
                life,
                issuer,
                audiences,
                mapping,
                metadata,
                1,
                disabled);
    }

    ProfileStatement profile() {
        UserProfile user = new UserProfile(
                tenant,
                subject,
                "ada",
                name,
                email,
                email != null,
                null,
                false,
                null,
                roles,
                UserState.ACTIVE,
                Instant.EPOCH,
                null,
                claims);
        return new ProfileStatement(user, epoch, profileEnd);
    }

    Attestation app(TokenNode node) {
        return node.attestor.attest(new JwtAppStatement(app(), appEnd));
    }

    Proof.ByTicket ticket(TokenNode node) {
        return new Proof.ByTicket(node.attestor.attest(login.ticket()));
    }

    Proof.ByAccessToken accessToken(TokenNode node) {
        return new Proof.ByAccessToken(node.issue(login.ticket(), "").accessToken());
    }

    JwtAppTokens.Issue request(TokenNode node, Proof proof) {
        return new JwtAppTokens.Issue(tenant, app(node), proof, node.attestor.attest(profile()), nonce);
    }

    JwtAppTokens.Issue request(TokenNode node, String accessToken) {
        return request(node, new Proof.ByAccessToken(Secret.of(accessToken)));
    }

    /** What is sealed: the secret, or a private JWK. */
    static Bytes key(JwtAlgorithm algorithm) {
        return KEYS.computeIfAbsent(algorithm, AppSamples::make);
    }

    private static Bytes make(JwtAlgorithm algorithm) {
        try {
            return Bytes.utf8(algorithm.isAsymmetric() ? generate(algorithm).toJSONString() : SECRET);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWK generate(JwtAlgorithm algorithm) throws JOSEException {
        JWSAlgorithm jws = JWSAlgorithm.parse(algorithm.name());
        return algorithm.kind() == JwtAlgorithm.Kind.RSA
                ? new RSAKeyGenerator(2048)
                        .algorithm(jws)
                        .keyUse(KeyUse.SIGNATURE)
                        .keyIDFromThumbprint(true)
                        .generate()
                : new ECKeyGenerator(Curve.forJWSAlgorithm(jws).iterator().next())
                        .algorithm(jws)
                        .keyUse(KeyUse.SIGNATURE)
                        .keyIDFromThumbprint(true)
                        .generate();
    }
}
