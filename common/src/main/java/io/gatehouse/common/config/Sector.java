package io.gatehouse.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sector identifier of a client with pairwise subjects (OpenID Connect Core, section 8.1): a host name, in lower case. */
final class Sector {
    private Sector() {}

    /**
     * Null where the URI of the sector has no host, or the redirect URIs have not one in common. A loopback host is
     * everybody's: it makes no sector.
     */
    static @Nullable String of(BootstrapClient client) {
        String uri = client.sectorIdentifierUri();
        Set<@Nullable String> hosts = new HashSet<>();
        for (String one : uri == null ? client.redirectUris() : List.of(uri)) {
            hosts.add(host(one));
        }
        String host = hosts.size() == 1 ? hosts.iterator().next() : null;
        return uri == null && host != null && LoopbackHost.matches(host) ? null : host;
    }

    /** What is wrong with the URI of a sector and what to do about it, or null. */
    static @Nullable String flaw(String text) {
        URI uri = read(text);
        if (uri == null || !"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            return "is no https URL: write it like https://app.example.org/sector.json";
        }
        return uri.getRawUserInfo() == null && uri.getRawFragment() == null
                ? null
                : "has a user (@) or a fragment: leave it out";
    }

    private static @Nullable String host(String text) {
        URI uri = read(text);
        return uri == null || uri.getHost() == null ? null : uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static @Nullable URI read(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            return null;
        }
    }
}
