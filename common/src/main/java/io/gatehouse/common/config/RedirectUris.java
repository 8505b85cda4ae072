package io.gatehouse.common.config;

import io.gatehouse.common.model.ExecutedSchemes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a redirect URI may look like (RFC 6749, section 3.1.2; RFC 9700, section 4.1), after a logout too (OpenID Connect
 * RP-Initiated Logout, section 3.1).
 */
final class RedirectUris {
    private RedirectUris() {}

    static void check(String key, List<String> uris, Rules rules) {
        for (int i = 0; i < uris.size(); i++) {
            rules.refuse(flaw(uris.get(i)), KeyPath.item(key, i));
        }
    }

    /** What is wrong with a redirect URI and what to do about it, or null. */
    static @Nullable String flaw(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            return "is no URI: give an absolute URL";
        }
        String scheme = uri.getScheme();
        if (scheme == null) {
            return "is relative: give an absolute URL";
        }
        if (ExecutedSchemes.contains(scheme)) {
            return "has the scheme " + scheme + ", which is never allowed: remove it";
        }
        if (uri.getRawFragment() != null) {
            return "has a fragment: leave it out";
        }
        return webFlaw(uri, scheme);
    }

    private static @Nullable String webFlaw(URI uri, String scheme) {
        boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
        if (web && uri.getHost() == null) {
            return "has no host: write it like https://app.example.org/callback";
        }
        return web && uri.getRawUserInfo() != null ? "has a user (@) in it: leave the user out" : null;
    }
}
