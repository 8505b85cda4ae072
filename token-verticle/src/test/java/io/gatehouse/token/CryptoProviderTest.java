package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Test;

class CryptoProviderTest {
    @Test
    void choose_ofAProviderThatDoesNotLoad_isTheJdk() {
        Provider[] before = Security.getProviders();
        CryptoProvider chosen = CryptoProvider.choose(() -> {
            throw new UnsatisfiedLinkError("no library for this system");
        });
        assertThat(chosen.name()).startsWith("JDK ");
        assertThat(chosen.fallbackReason()).isEqualTo("no library for this system");
        assertThat(Security.getProviders()).isEqualTo(before);
    }

    @Test
    void install_saysWhoIsFirst() {
        CryptoProvider chosen = CryptoProvider.install();
        boolean fallback = chosen.fallbackReason() != null;
        assertThat(chosen.name()).startsWith(fallback ? "JDK " : Security.getProviders()[0].getName());
        assertThat(CryptoProvider.install()).isEqualTo(chosen);
    }
}
