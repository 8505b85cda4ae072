package io.gatehouse.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an issuer may look like (RFC 8414, section 2). */
final class Issuers {
    private static final Pattern FINAL_SLASHES = Pattern.compile("/+$");

    private Issuers() {}

    /** The issuer of a server that is reached at its own address only. */
    static URI derived(String scheme, String host, int port) {
        boolean bare = host.contains(":") && !host.startsWith("[");
        return URI.create(scheme + "://" + (bare ? "[" + host + "]" : host) + ":" + port);
    }

    /** Leaves alone what is no issuer anyway: {@link #flaw} reports that. */
    static URI withoutFinalSlash(URI issuer) {
        String text = issuer.toString();
        boolean strip = issuer.getHost() != null && text.endsWith("/");
        return strip ? URI.create(text.substring(0, text.length() - 1)) : issuer;
    }

    /** Scheme, host and port, by which two URLs are of one site (RFC 6454); the URL itself where it has no host. */
    static String origin(URI url) {
        String host = url.getHost();
        if (host == null) {
            return url.toString();
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int port = url.getPort() < 0 ? (scheme.equals("https") ? 443 : 80) : url.getPort();
        return scheme + "://" + host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** One text for what a careless reader takes for one: whatever the case of scheme and host, and the final slashes. */
    static String normal(String name) {
        String bare = FINAL_SLASHES.matcher(name).replaceFirst("");
        try {
            URI url = new URI(bare);
            boolean plain = url.getHost() != null && url.getRawUserInfo() == null;
            return plain
                    ? origin(url)
                            + bare.substring(bare.indexOf("//")
                                    + 2
                                    + url.getRawAuthority().length())
                    : bare;
        } catch (URISyntaxException noUrl) {
            return bare;
        }
    }

    /** What is wrong with an issuer and what to do about it, or null. */
    static @Nullable String flaw(URI issuer) {
        String host = issuer.getHost();
        if (host == null) {
            return "is no absolute URL with a host: give one such as https://login.example.org";
        }
        if (issuer.getRawQuery() != null || issuer.getRawFragment() != null || issuer.getRawUserInfo() != null) {
            return "holds a query, a fragment or a user: leave those out";
        }
        if (!issuer.normalize().equals(issuer)) {
            return "holds dot segments or doubled slashes: leave those out";
        }
        return schemeFlaw(String.valueOf(issuer.getScheme()), host);
    }

    private static @Nullable String schemeFlaw(String scheme, String host) {
        if (scheme.equals("https") || (scheme.equals("http") && LoopbackHost.matches(host))) {
            return null;
        }
        return scheme.equals("http")
                ? "is http, which is allowed for a loopback host only: use https"
                : "must start with https:// in lower case (http:// for a loopback host)";
    }
}
