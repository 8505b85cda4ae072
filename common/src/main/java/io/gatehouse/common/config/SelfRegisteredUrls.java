package io.gatehouse.common.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the URLs of a client may be that nobody declared: this server calls none of them but by https, and answers travel over a
 * network by https only (OAuth 2.1, section 2.3.1). Those have been checked already that any client's are.
 */
final class SelfRegisteredUrls {
    private SelfRegisteredUrls() {}

    static void check(BootstrapClient client, Problems problems) {
        client.redirectUris().forEach(uri -> checkRedirect(uri, "redirect_uris", problems));
        client.postLogoutRedirectUris().forEach(uri -> checkRedirect(uri, "post_logout_redirect_uris", problems));
        client.requestUris().forEach(uri -> checkCalled(uri, "request_uris", problems));
        checkSector(client, problems);
        checkCalled(client.jwksUri(), "jwks_uri", problems);
        checkCalled(client.backchannelLogoutUri(), "backchannel_logout_uri", problems);
    }

    private static void checkCalled(@Nullable String uri, String key, Problems problems) {
        if (uri != null && !isScheme(uri, "https")) {
            problems.add(key, MetadataNodes.ORIGIN, "is no https URL: this server calls no other");
        }
    }

    private static void checkRedirect(String uri, String key, Problems problems) {
        if (isScheme(uri, "http") && !isLoopback(uri)) {
            problems.add(
                    key,
                    MetadataNodes.ORIGIN,
                    "has an http URL that is on no loopback host, where others could read along: write https");
        }
    }

    /** Of its redirect URIs, only those by https show that a host is its own: else it would learn what others know users by. */
    private static void checkSector(BootstrapClient client, Problems problems) {
        boolean named = client.sectorIdentifierUri() != null;
        if (client.isPairwise() && !named && !client.redirectUris().stream().allMatch(uri -> isScheme(uri, "https"))) {
            problems.add(
                    "subject_type",
                    MetadataNodes.ORIGIN,
                    "is pairwise, but not all redirect_uris are https, by which a sector could be told: set"
                            + " sector_identifier_uri");
        }
    }

    private static boolean isScheme(String uri, String scheme) {
        return uri.regionMatches(true, 0, scheme + ":", 0, scheme.length() + 1);
    }

    private static boolean isLoopback(String uri) {
        try {
            return LoopbackHost.matches(String.valueOf(URI.create(uri).getHost()));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
