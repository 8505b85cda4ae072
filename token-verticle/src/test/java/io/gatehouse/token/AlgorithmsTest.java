package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.model.SigningAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every algorithm, as a client or ticket chooses it, verified with what is published. */
class AlgorithmsTest {
    private TokenNode node;

    @BeforeEach
    void open() {
        node = TokenNode.usual();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void issue_byTicket_verifiesAgainstThePublishedKeys(SigningAlgorithm algorithm) throws Exception {
        Samples sample = new Samples();
        sample.algorithm = algorithm;
        SignedJWT token = Jwts.read(node.issue(sample.ticket(), "api").accessToken());
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.jwsName());
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(token.getHeader().getIncludedParams()).containsExactlyInAnyOrder("typ", "alg", "kid");
        assertThat(Jwts.verifies(token, node.keys("main"))).isTrue();
        assertThat(Jwts.verifies(token, node.keys("acme"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void issue_byClient_signsManyTimesWithOneKey(SigningAlgorithm algorithm) throws Exception {
        Samples sample = new Samples();
        sample.algorithm = algorithm;
        for (int i = 0; i < 3; i++) {
            SignedJWT token = Jwts.read(node.issue(sample.client(), "api").accessToken());
            assertThat(Jwts.verifies(token, node.keys("main"))).isTrue();
        }
        assertThat(node.keys("main").keys()).hasSize(1);
    }

    @Test
    void published_showsPublicPartsOnly() throws Exception {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            Samples sample = new Samples();
            sample.algorithm = algorithm;
            node.issue(sample.ticket(), "api");
        }
        assertThat(Jwts.jwks(node.keys("main")).getKeys()).hasSize(4).allSatisfy(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
            assertThat(key.getKeyOperations()).isNull();
            assertThat(key.getKeyID()).isEqualTo(thumbprint(key));
        });
    }

    @Test
    void issue_withoutAChoice_takesTheConfiguredAlgorithm() throws Exception {
        try (TokenNode other =
                new TokenNode(TokenNode.CONFIG + "tokens: {signing_algorithm: EdDSA}", new StoreStandIn("main"))) {
            SignedJWT token =
                    Jwts.read(other.issue(new Samples().ticket(), "api").accessToken());
            assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("EdDSA");
        }
    }

    private static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
