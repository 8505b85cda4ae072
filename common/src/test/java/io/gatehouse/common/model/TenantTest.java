package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void whatAMailMayNameIsDeclaredToo() {
        Tenant restricted =
                new Tenant("acme", "key", "admin", 1, List.of("https://app.example.com/verify"), List.of("welcome"));

        assertThat(restricted.declaresSameAs(restricted.withVersion(7))).isTrue();
        assertThat(restricted.declaresSameAs(
                        new Tenant("acme", "key", "admin", 1, List.of(), restricted.mailTemplates())))
                .isFalse();
        assertThat(restricted.declaresSameAs(new Tenant("acme", "key", "admin", 1, restricted.mailUrls(), List.of())))
                .isFalse();
    }

    @Test
    void howItsPagesLookIsDeclaredToo() {
        Branding branding = new Branding("Acme", "https://acme.example.com/logo.svg", "#1f5fbf");
        Tenant branded = new Tenant("acme", "key", "admin", 1, List.of(), List.of(), branding);

        assertThat(branded.withVersion(7).branding()).isEqualTo(branding);
        assertThat(branded.declaresSameAs(branded.withVersion(7))).isTrue();
        assertThat(branded.declaresSameAs(new Tenant("acme", "key", "admin", 1)))
                .isFalse();
    }

    @Test
    void restrictsNoMailUnlessTold() {
        Tenant tenant = new Tenant("acme", "key", "admin", 1);

        assertThat(tenant.mailUrls()).isEmpty();
        assertThat(tenant.mailTemplates()).isEmpty();
    }

    @Test
    void theApikeyIsNotPrinted() {
        assertThat(new Tenant("acme", "the-apikey", "admin", 1).toString()).doesNotContain("the-apikey");
    }
}
