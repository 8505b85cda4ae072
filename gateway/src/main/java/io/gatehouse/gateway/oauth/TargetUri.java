package io.gatehouse.gateway.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An http or https URI without query and fragment, normalized by syntax and scheme (RFC 3986, sections 6.2.2 and 6.2.3): what
 * {@code htu} is compared as (RFC 9449, section 4.3).
 *
 * @param port -1: that of the scheme
 * @param path with no octet encoded that need not be
 */
record TargetUri(String scheme, String host, int port, String path) {
    private static final int MAX_LENGTH = 2048;
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Null where the text is none. */
    static @Nullable TargetUri parse(String text) {
        try {
            URI uri = text.length() > MAX_LENGTH ? null : new URI(text).normalize();
            return uri == null || uri.getScheme() == null || uri.getHost() == null ? null : of(uri);
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private static @Nullable TargetUri of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = SCHEMES.contains(scheme)
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return plain
                ? new TargetUri(
                        scheme, uri.getHost().toLowerCase(Locale.ROOT), port(scheme, uri.getPort()), decoded(path))
                : null;
    }

    private static int port(String scheme, int port) {
        return port == (scheme.equals("https") ? 443 : 80) ? -1 : port;
    }

    private static String decoded(String path) {
        return ENCODED.matcher(path).replaceAll(TargetUri::octet);
    }

    private static String octet(MatchResult encoded) {
        char octet = (char) Integer.parseInt(encoded.group(1), 16);
        boolean unreserved = octet < 128 && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0);
        return unreserved ? String.valueOf(octet) : encoded.group().toUpperCase(Locale.ROOT);
    }
}
