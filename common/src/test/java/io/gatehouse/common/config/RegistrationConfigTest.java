package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.RegistrationPolicy.Mode;
import io.gatehouse.common.model.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationConfigTest {
    private static final String TOKEN = "initial-token-0123456789abcdef0123456789";

    private static String registration(String keys) {
        return "bootstrap: {tenants: [{id: main, registration: {" + keys + "}}]}";
    }

    private static RegistrationPolicy policy(String keys) {
        return parsed(registration(keys))
                .bootstrap()
                .tenants()
                .getFirst()
                .registration()
                .policy();
    }

    @Test
    void aTenantThatSaysNothing_hasNoPolicy() {
        assertThat(parsed("bootstrap: {tenants: [{id: main}]}")
                        .bootstrap()
                        .tenants()
                        .getFirst()
                        .registration())
                .isNull();
    }

    @Test
    void anEmptySection_letsNobody() {
        RegistrationPolicy policy = policy("");
        assertThat(policy.mode()).isEqualTo(Mode.TOKEN);
        assertThat(policy.isOffered()).isFalse();
        assertThat(policy.metadataDocuments()).isFalse();
        assertThat(policy.isTrusted(null)).isFalse();
        assertThat(policy.isTrusted(Digest.of(""))).isFalse();
        assertThat(policy.scope()).isEqualTo(Scope.parse("openid profile email offline_access"));
        assertThat(policy.unusedLife()).isEqualTo(Duration.ofDays(30));
        assertThat(policy.mostClients()).isEqualTo(10_000);
    }

    @Test
    void ofTokens_onlyDigestsAreKept() {
        RegistrationPolicy policy = policy("initial_access_tokens: [" + TOKEN + ", x" + TOKEN + "]");
        assertThat(policy.isOffered()).isTrue();
        assertThat(policy.isTrusted(Digest.of(TOKEN))).isTrue();
        assertThat(policy.isTrusted(Digest.of("x" + TOKEN))).isTrue();
        assertThat(policy.isTrusted(Digest.of("y" + TOKEN))).isFalse();
        assertThat(policy.toString()).doesNotContain(TOKEN);
        assertThat(parsed(registration("initial_access_tokens: [" + TOKEN + "]"))
                        .masked())
                .doesNotContain(TOKEN);
    }

    @Test
    void modeOff_trustsNoToken() {
        RegistrationPolicy policy = policy("mode: off, initial_access_tokens: [" + TOKEN + "]");
        assertThat(policy.isOffered()).isFalse();
        assertThat(policy.isTrusted(Digest.of(TOKEN))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"open, , true", "open, false, false", "token, , false", "token, true, true", "off, true, true"})
    void documents_comeWithModeOpen_unlessSaidOtherwise(String mode, Boolean said, boolean allowed) {
        String keys = "mode: " + mode + (said == null ? "" : ", client_id_metadata_documents: " + said);
        assertThat(policy(keys).metadataDocuments()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: closed|mode",
                "initial_access_tokens: [short]|initial_access_tokens[0]",
                "max_clients: 0|max_clients",
                "unused_ttl: PT1H|unused_ttl",
                "resources: [api]|resources",
                "software_statement_issuers: [{issuer: a}]|software_statement_issuers[0].jwks",
                "software_statement_issuers: [{issuer: a, jwks: {keys: []}}]|software_statement_issuers[0].jwks"
            })
    void whatIsNoGood_isReported(String keys, String key) {
        assertThat(problem(registration(keys))).startsWith("bootstrap.tenants[0].registration." + key + " ");
    }
}
