package io.gatehouse.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a page that a mail links to may look like. */
final class MailUrls {
    private static final Set<String> WEB = Set.of("http", "https");

    private MailUrls() {}

    /** What is wrong with the page's URL and what to do about it, or null. */
    static @Nullable String flaw(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            return "is no URL: give an absolute one";
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!WEB.contains(scheme) || uri.getHost() == null) {
            return "is no page on the web: write it like https://app.example.org/verify";
        }
        return uri.getRawUserInfo() == null && uri.getRawFragment() == null
                ? null
                : "has a user (@) or a fragment: leave it out";
    }
}
