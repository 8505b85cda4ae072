package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInClientsTest {
    @ParameterizedTest
    @EnumSource(value = TokenFamily.class, mode = EnumSource.Mode.EXCLUDE, names = "OAUTH")
    void everyVendorFamilyHasOneInEveryTenant(TokenFamily family) {
        Client client = BuiltInClients.find("acme", BuiltInClients.clientId(family));

        assertThat(client.tenant()).isEqualTo("acme");
        assertThat(client.clientId()).isEqualTo("gatehouse." + family.claim());
        assertThat(client.scope()).hasToString("openid profile email phone");
        assertThat(client.disabled()).isFalse();
        assertThat(client.rotatesRefreshTokens()).isTrue();
    }

    /** Its grants work on its own paths only. */
    @ParameterizedTest
    @EnumSource(value = TokenFamily.class, mode = EnumSource.Mode.EXCLUDE, names = "OAUTH")
    void hasNothingToUseAtTheTokenEndpoint(TokenFamily family) {
        Client client = BuiltInClients.find("main", BuiltInClients.clientId(family));

        assertThat(client.isPublic()).isTrue();
        assertThat(client.grantTypes()).isEmpty();
        assertThat(client.responseTypes()).isEmpty();
        assertThat(client.redirectUris()).isEmpty();
        assertThat(client.accepts(Secret.of(""))).isFalse();
    }

    @Test
    void theTokenEndpointItselfHasNone() {
        assertThat(BuiltInClients.find("main", BuiltInClients.clientId(TokenFamily.OAUTH)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "gatehouse.", "gatehouse.LOGIN", "gatehouse.login ", "login", "demo-client", "gatehouse"})
    void anotherNameFindsNone(String clientId) {
        assertThat(BuiltInClients.find("main", clientId)).isNull();
    }

    /** Registered clients are kept out of this corner by the prefix. */
    @ParameterizedTest
    @EnumSource(TokenFamily.class)
    void theirNamesHaveThePrefix(TokenFamily family) {
        assertThat(BuiltInClients.clientId(family)).startsWith(BuiltInClients.PREFIX);
    }
}
