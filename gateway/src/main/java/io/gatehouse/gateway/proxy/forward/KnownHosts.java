package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.gateway.proxy.RequestHost;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hosts that requests named lately, read once each. Of one event loop. */
final class KnownHosts {
    private static final int MOST = 256;

    private final Map<String, RequestHost> known = new HashMap<>();

    /** Null where it is none. */
    @Nullable
    RequestHost read(String authority) {
        RequestHost found = known.get(authority);
        return found == null ? add(authority) : found;
    }

    private @Nullable RequestHost add(String authority) {
        try {
            RequestHost host = RequestHost.read(authority);
            if (known.size() == MOST) {
                known.clear();
            }
            known.put(authority, host);
            return host;
        } catch (OAuthFailure none) {
            return null;
        }
    }
}
