package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/** The hosts of services that take browser sessions now. */
public interface ServiceHosts {
    /** Whether a service of the tenant's is there; nobody is sent to any other host. */
    boolean take(String tenant, String host);

    /**
     * The host as it is compared.
     *
     * @param authority as a request names it
     * @return null where no service there takes sessions
     */
    @Nullable
    String named(String authority);

    /** Whose sessions are taken there, of several the first; null where none are. */
    @Nullable
    String tenantAt(String host);
}
