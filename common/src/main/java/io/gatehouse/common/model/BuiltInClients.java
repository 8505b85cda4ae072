package io.gatehouse.common.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The public clients that stand for vendor paths without client authentication: one per tenant and family, with a
 * capped scope. Their grants work on their own paths only; they are allowed no grant at the token endpoint.
 */
public final class BuiltInClients {
    /** No registered client may have an id that starts so. */
    public static final String PREFIX = "gatehouse.";

    private static final Scope CEILING = new Scope(List.of("openid", "profile", "email", "phone"));

    private BuiltInClients() {}

    public static String clientId(TokenFamily family) {
        return PREFIX + family.claim();
    }

    /** Null where {@code clientId} names none. */
    public static @Nullable Client find(String tenant, String clientId) {
        if (!clientId.startsWith(PREFIX)) {
            return null;
        }
        for (TokenFamily family : TokenFamily.values()) {
            if (family != TokenFamily.OAUTH && clientId.equals(clientId(family))) {
                return make(tenant, clientId, family);
            }
        }
        return null;
    }

    private static Client make(String tenant, String clientId, TokenFamily family) {
        return new Client(
                tenant,
                clientId,
                "Built-in client of the " + family.name().toLowerCase(Locale.ROOT) + " API",
                AuthMethod.NONE,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                CEILING,
                null,
                true,
                false,
                0,
                0,
                Instant.EPOCH,
                null,
                null);
    }
}
