package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.ClientJwts;
import io.gatehouse.common.message.JwtAppTokens.Proof.ByAccessToken;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.UpstreamAssertions.Basis.ByToken;
import io.gatehouse.common.message.UpstreamAssertions.Mint;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.TokenFamily;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No JWT of ours passes as one of another kind, though one key signs them all. */
class TokenKindsTest {
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

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void hint_isAnIdTokenOnly(IdTokenAlgorithm algorithm) {
        sign(algorithm);
        Secret accessToken = sample.issued().accessToken();
        assertThat(read(accessToken)).isFalse();
        assertThat(read(logoutToken())).isFalse();
        assertThat(read(userinfo(accessToken))).isFalse();
        assertThat(read(assertion(accessToken))).isFalse();
        assertThat(read(sample.idToken())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void accessToken_isNoOther(IdTokenAlgorithm algorithm) {
        sign(algorithm);
        Secret accessToken = sample.issued().accessToken();
        others(accessToken).forEach(token -> {
            refused(sample.userinfo(token), Code.INVALID_TOKEN);
            refused(sample.user.request(node, new ByAccessToken(token)), Code.INVALID_TOKEN);
            refused(new Mint("main", new ByToken(token), "https://shop.example.org"), Code.INVALID_TOKEN);
        });
        assertThat(userinfo(accessToken)).isNotNull();
    }

    /** A client may have chosen one text as its secret and as the key of its login JWTs. */
    @Test
    void loginOfAClient_isSignedByTheClientItself() {
        sign(IdTokenAlgorithm.HS256);
        Secret key = Secret.of(Samples.SECRET);
        sample.login.jwtLogin = new JwtLogin(
                "HS256",
                ClientKeys.seal(AppSamples.MASTER_KEYS, "main", "web", "HS256", key),
                ClientKeys.digest(key),
                true,
                true,
                false,
                "payload",
                Map.of("email", Kind.EMAIL),
                List.of());
        others(sample.issued().accessToken()).forEach(token -> refused(login(token), Code.INVALID_GRANT));
        assertThat(node.refusal(login(sample.idToken())).toString())
                .as("signed by the right key")
                .contains("its client_id is not the one of the request");
    }

    private ClientJwts.Verify login(Secret token) {
        return new ClientJwts.Verify("main", sample.client(), TokenFamily.BABELBIRD, token, null);
    }

    private void sign(IdTokenAlgorithm algorithm) {
        sample.algorithm = algorithm;
        sample.userinfoAlgorithm = algorithm;
    }

    private Stream<Secret> others(Secret accessToken) {
        return Stream.of(sample.idToken(), logoutToken(), userinfo(accessToken), assertion(accessToken));
    }

    /** Of the audience that access tokens have. */
    private Secret assertion(Secret accessToken) {
        return node.ask(new Mint("main", new ByToken(accessToken), "https://login.example.org"))
                .jwt();
    }

    private Secret logoutToken() {
        return node.ask(sample.signLogout()).jwt();
    }

    private Secret userinfo(Secret accessToken) {
        return node.ask(sample.userinfo(accessToken)).jwt();
    }

    private boolean read(Secret token) {
        return Objects.nonNull(node.ask(sample.hint(token.reveal())).hint());
    }

    private static void refused(Request<?> request, Code code) {
        assertThat(((OAuthError.Protocol) node.refusal(request)).code()).isEqualTo(code);
    }
}
