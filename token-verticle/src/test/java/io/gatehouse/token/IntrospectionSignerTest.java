package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens.SignIntrospection;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.OAuthRegistration;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9701, section 5, where a gateway is not believed. */
class IntrospectionSignerTest {
    private static TokenNode node;
    private OpenIdSamples sample;

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @BeforeEach
    void sample() {
        sample = new OpenIdSamples(node);
    }

    private SignIntrospection request(Secret token) {
        return new SignIntrospection("main", sample.client(), token);
    }

    private SignIntrospection request(Secret token, IdTokenAlgorithm algorithm) {
        sample.algorithm = algorithm;
        sample.login.oauth = new OAuthRegistration(null, null, false, null, null, null, algorithm, null);
        return request(token);
    }

    private static void refused(SignIntrospection request) {
        OAuthError error = node.refusal(request);
        assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_TOKEN);
    }

    @Test
    void anActiveTokenIsToldInItsOwnWords() {
        Secret token = sample.issued().accessToken();
        JsonObject says = Jwts.claims(token);
        JsonObject answer = Jwts.claims(node.ask(request(token)).jwt());
        JsonObject told = answer.getJsonObject("token_introspection");

        assertThat(answer.fieldNames()).containsExactlyInAnyOrder("iss", "aud", "iat", "token_introspection");
        assertThat(told.getBoolean("active")).isTrue();
        for (String name : new String[] {"iss", "sub", "client_id", "aud", "scope", "jti", "iat", "exp", "family"}) {
            assertThat(told.getValue(name)).as(name).isEqualTo(says.getValue(name));
        }
        assertThat(told.fieldNames()).as("nothing of ours").doesNotContain("sid", "gid", "sep", "cep", "usr", "claims");
    }

    @Test
    void oneThatIsNotActiveIsToldWithoutAnythingElse() {
        JsonObject answer = Jwts.claims(node.ask(request(null)).jwt());
        assertThat(answer.getJsonObject("token_introspection")).isEqualTo(new JsonObject().put("active", false));
    }

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void itIsSignedAsTheCallerRegistered(IdTokenAlgorithm algorithm) throws Exception {
        SignedJWT jwt = Jwts.read(node.ask(request(null, algorithm)).jwt());
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.jwsName());
        assertThat(
                        algorithm == IdTokenAlgorithm.HS256
                                ? jwt.verify(new MACVerifier(Samples.SECRET))
                                : Jwts.verifies(jwt, node.keys("main")))
                .isTrue();
    }

    /** Whatever a captured gateway says is active. */
    @Test
    void whatIsNoAccessTokenOfOursIsNotToldToBeActive() throws Exception {
        Secret good = sample.issued().accessToken();
        String[] parts = good.reveal().split("\\.");
        String others = sample.issued().accessToken().reveal().split("\\.")[1];
        refused(request(Secret.of(parts[0] + "." + others + "." + parts[2])));
        refused(request(Secret.of(good.reveal() + "x")));
        refused(request(Secret.of("x")));
        refused(request(sample.idToken()));
        refused(request(node.ask(request(null)).jwt()));
        assertThat(((OAuthError.Protocol) node.refusal(new SignIntrospection("acme", sample.client(), good))).code())
                .as("of a client of another tenant")
                .isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void anExpiredTokenIsNotToldToBeActive() {
        TokenNode later = TokenNode.usual();
        try {
            OpenIdSamples samples = new OpenIdSamples(later);
            Secret token = samples.issued().accessToken();
            later.now = later.now.plus(Duration.ofHours(2));
            assertThat(((OAuthError.Protocol) later.refusal(new SignIntrospection("main", samples.client(), token)))
                            .code())
                    .isEqualTo(Code.INVALID_TOKEN);
        } finally {
            later.close();
        }
    }
}
