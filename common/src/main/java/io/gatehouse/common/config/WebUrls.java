package io.gatehouse.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a URL may look like that a page shows, or that this server calls. */
final class WebUrls {
    private WebUrls() {}

    /** What is wrong with the URL of a page or an image and what to do about it, or null. */
    static @Nullable String pageFlaw(String text) {
        URI uri = read(text);
        if (uri == null || !isWeb(uri)) {
            return "is nothing on the web: write it like https://app.example.org/page";
        }
        return uri.getRawUserInfo() == null ? null : "has a user (@) in it: leave the user out";
    }

    /** What is wrong with a URL that this server sends tokens to and what to do about it, or null. */
    static @Nullable String callFlaw(String text) {
        URI uri = read(text);
        if (uri == null || !isWeb(uri)) {
            return "is no URL to call: write it like https://app.example.org/logout";
        }
        if (uri.getScheme().equalsIgnoreCase("http") && !LoopbackHost.matches(uri.getHost())) {
            return "is neither https nor on a loopback host, so that others could read along: write https";
        }
        return uri.getRawUserInfo() == null && uri.getRawFragment() == null
                ? null
                : "has a user (@) or a fragment: leave it out";
    }

    /** What is wrong with the name of a service (RFC 8707, section 2) and what to do about it, or null. */
    static @Nullable String resourceFlaw(String text) {
        URI uri = read(text);
        return uri != null && uri.isAbsolute() && uri.getRawFragment() == null
                ? null
                : "is no absolute URI without fragment: write it like https://api.example.org";
    }

    private static @Nullable URI read(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private static boolean isWeb(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
    }
}
