package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that RFCs, rows and tokens hold. */
class RegisteredNamesTest {
    @ParameterizedTest
    @CsvSource({"ES256, ES256, false", "RS256, RS256, true", "PS256, PS256, true", "EdDSA, EDDSA, false"})
    void signingAlgorithmsAreNamedByRfc7518(String name, SigningAlgorithm algorithm, boolean slow) {
        assertThat(SigningAlgorithm.of(name)).isSameAs(algorithm);
        assertThat(algorithm.jwsName()).isEqualTo(name);
        assertThat(algorithm.isSlow()).isEqualTo(slow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "HS256", "es256", "EDDSA", "ES256 ", "ES384"})
    void weSignWithNothingElse(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> SigningAlgorithm.of(name));
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, RS256, RS256",
        "ES256, ES256, ES256",
        "PS256, PS256, PS256",
        "EdDSA, EDDSA, EDDSA",
        "HS256, HS256, "
    })
    void idTokensAreSignedByATenantsKeyOrByASecret(
            String name, IdTokenAlgorithm algorithm, @Nullable SigningAlgorithm byTenant) {
        assertThat(IdTokenAlgorithm.of(name)).isSameAs(algorithm);
        assertThat(algorithm.jwsName()).isEqualTo(name);
        assertThat(algorithm.byTenant()).isSameAs(byTenant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "hs256", "EDDSA", "HS512", "RS256 "})
    void idTokensAreSignedByNothingElse(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> IdTokenAlgorithm.of(name));
    }

    @ParameterizedTest
    @CsvSource({"client_secret_basic, CLIENT_SECRET_BASIC", "client_secret_post, CLIENT_SECRET_POST", "none, NONE"})
    void authenticationMethodsAreNamedByRfc7591(String name, AuthMethod method) {
        assertThat(AuthMethod.of(name)).isSameAs(method);
        assertThat(method.registeredName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NONE", "None", "TLS_CLIENT_AUTH", "client_secret_basic "})
    void clientsAuthenticateWithNothingElse(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthMethod.of(name))
                .withMessage("unknown client authentication method");
    }

    @Test
    void familiesAreClaimedInLowerCase() {
        assertThat(Arrays.stream(TokenFamily.values()).map(TokenFamily::claim))
                .containsExactly("oauth", "login", "babelbird", "loginradius");
    }

    @ParameterizedTest
    @EnumSource(LoginName.Kind.class)
    void aLoginNamePrintsItsKindOnly(LoginName.Kind kind) {
        assertThat(new LoginName(kind, "ada@example.com")).hasToString("LoginName[" + kind + "]");
    }
}
