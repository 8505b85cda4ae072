package io.gatehouse.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.Provider;
import java.security.Security;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who does the cryptography of this process. Amazon Corretto Crypto Provider signs and checks ES256 eight to ten times as fast
 * as the JDK: tokens, and what members of a cluster tell all others; where it does not load (another system, {@code /tmp} mounted
 * noexec) the JDK does the same work.
 *
 * @param name of the provider, with its version
 * @param fallbackReason why it is only the JDK; null: it is not
 */
public record CryptoProvider(String name, @Nullable String fallbackReason) {
    private static final String FASTER = "AmazonCorrettoCryptoProvider";
    private static final Logger LOG = LoggerFactory.getLogger(CryptoProvider.class);

    /** Makes the faster provider the first one, where it works and is not yet. Blocks for half a second. */
    public static CryptoProvider install() {
        boolean known = Security.getProvider(FASTER) != null;
        CryptoProvider chosen = choose(CryptoProvider::loadCorretto);
        if (known) {
            return chosen;
        }
        if (chosen.fallbackReason == null) {
            LOG.info("Cryptography by {}", chosen.name);
        } else {
            LOG.warn("Cryptography by {}, about ten times slower: {}", chosen.name, chosen.fallbackReason);
        }
        return chosen;
    }

    /** For operators. */
    String description() {
        return fallbackReason == null ? name : name + " (" + fallbackReason + ")";
    }

    static CryptoProvider choose(Supplier<Provider> faster) {
        try {
            Provider provider = faster.get();
            Security.insertProviderAt(provider, 1);
            return new CryptoProvider(provider.getName() + " " + provider.getVersionStr(), null);
        } catch (RuntimeException | LinkageError missing) {
            return new CryptoProvider("JDK " + Runtime.version().feature(), String.valueOf(missing.getMessage()));
        }
    }

    private static Provider loadCorretto() {
        AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable failure = corretto.getLoadingError();
        if (failure != null) {
            throw new IllegalStateException(corretto.getName() + " did not load: " + failure, failure);
        }
        if (corretto.runSelfTests() != SelfTestStatus.PASSED) {
            throw new IllegalStateException(corretto.getName() + " failed its self-test");
        }
        return corretto;
    }
}
