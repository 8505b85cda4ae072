package io.gatehouse.gateway.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Content-Security-Policy of our pages: what they may load, and where their forms may lead. Nothing inline, nothing framed. */
final class ContentPolicy {
    private ContentPolicy() {}

    /**
     * @param logo an image that the page shows; null: none
     * @param target a URI that a form leads to in the end: browsers apply the policy to every redirect on the way; null: none
     *     but ours
     * @param script whether the page has our one script
     */
    static String of(@Nullable String logo, @Nullable String target, boolean script) {
        return "default-src 'none'; style-src 'self'; img-src 'self'" + source(logo) + "; form-action 'self'"
                + source(target) + (script ? "; script-src 'self'" : "")
                + "; frame-ancestors 'none'; base-uri 'none'";
    }

    /** With a blank in front. A host that the policy's grammar has no form for is named by its scheme alone. */
    private static String source(@Nullable String uri) {
        if (uri == null) {
            return "";
        }
        try {
            URI parsed = new URI(uri);
            String scheme = parsed.getScheme();
            if (scheme == null) {
                return "";
            }
            String host = parsed.getHost();
            boolean nameable = host != null && host.indexOf('[') < 0;
            String port = parsed.getPort() < 0 ? "" : ":" + parsed.getPort();
            return " " + scheme.toLowerCase(Locale.ROOT) + (nameable ? "://" + host + port : ":");
        } catch (URISyntaxException notReadable) {
            return "";
        }
    }
}
