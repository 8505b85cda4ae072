package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.ExecutedSchemes;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which redirect URIs are a client's: letter by letter, but for the port of a loopback address (RFC 8252, section 7.3). */
final class RedirectUris {
    /** Address, port, and what must be the same. A name is none of these: it may mean another machine. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::([1-9][0-9]{0,4}))?((?:[/?].*)?)");

    private static final int LAST_PORT = 65_535;

    private RedirectUris() {}

    static boolean isOf(Client client, String given) {
        // One that should never have been registered is none.
        return !isExecuted(given)
                && client.redirectUris().stream().anyMatch(own -> own.equals(given) || isSameLoopback(own, given));
    }

    /**
     * Whether any program on the user's machine could take what is sent there: that a client of that name asked says nothing
     * about who gets the answer (RFC 8252, section 8.6). Without TLS nobody knows who listens.
     */
    static boolean isLocal(String redirectUri) {
        return !"https".equals(scheme(redirectUri))
                || isLoopback(URI.create(redirectUri).getHost());
    }

    private static boolean isSameLoopback(String own, String given) {
        Matcher registered = LOOPBACK.matcher(own);
        Matcher asked = LOOPBACK.matcher(given);
        return registered.matches()
                && asked.matches()
                && isPort(asked.group(2))
                && registered.group(1).equals(asked.group(1))
                && registered.group(3).equals(asked.group(3));
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || Integer.parseInt(digits) <= LAST_PORT;
    }

    private static boolean isExecuted(String uri) {
        String scheme = scheme(uri);
        return scheme == null || ExecutedSchemes.contains(scheme);
    }

    /** In lower case; null where there is none, or it is no URI. */
    private static @Nullable String scheme(String uri) {
        try {
            String scheme = URI.create(uri).getScheme();
            return scheme == null ? null : scheme.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.startsWith("127.")
                || name.equals("[::1]");
    }
}
