package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TenantTest {
    @Test
    void theMainTenantLivesAtTheRoot() {
        assertThat(Tenant.issuer("https://id.example.com", "main")).isEqualTo("https://id.example.com");
        assertThat(Tenant.issuer("https://id.example.com", "acme")).isEqualTo("https://id.example.com/t/acme");
    }

    @Test
    void declaresTheSameWhateverItsVersion() {
        Tenant tenant = new Tenant("acme", "key", "admin", 1);

        assertThat(tenant.declaresSameAs(new Tenant("acme", "key", "admin", 7))).isTrue();
        assertThat(tenant.declaresSameAs(new Tenant("acme", "key", null, 1))).isFalse();
        assertThat(tenant.declaresSameAs(new Tenant("acme", null, "admin", 1))).isFalse();
        assertThat(tenant.declaresSameAs(new Tenant("other", "key", "admin", 1)))
                .isFalse();
    }
}
