package io.gatehouse.gateway.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Client ids that are addresses of documents (OAuth Client ID Metadata Document, section 3). */
final class ClientAddress {
    private static final String SCHEME = "https://";
    private static final int LONGEST = 200;
    private static final Set<String> DOTS = Set.of(".", "..", "%2e", ".%2e", "%2e.", "%2e%2e");

    private ClientAddress() {}

    /** Null where it is none. */
    static @Nullable URI read(String clientId) {
        if (!clientId.startsWith(SCHEME) || clientId.length() > LONGEST) {
            return null;
        }
        try {
            URI address = new URI(clientId);
            String path = address.getRawPath();
            boolean fits = address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null
                    && path != null
                    && path.startsWith("/")
                    && Arrays.stream(path.split("/", -1))
                            .noneMatch(segment -> DOTS.contains(segment.toLowerCase(Locale.ROOT)));
            return fits ? address : null;
        } catch (URISyntaxException malformed) {
            return null;
        }
    }
}
