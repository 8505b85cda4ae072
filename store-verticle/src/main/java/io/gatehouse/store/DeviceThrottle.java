package io.gatehouse.store;

import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Network;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often somebody may ask for a user code, and guess one (RFC 8628, section 5.1). */
final class DeviceThrottle {
    private final LimitsConfig config;

    DeviceThrottle(LimitsConfig config) {
        this.config = config;
    }

    /**
     * To reserve before a request is written.
     *
     * @param confidential a client that authenticated: strangers can't use up what is its own; null: one that only named itself
     */
    List<Limit> request(String tenant, @Nullable String confidential, String remoteAddress) {
        List<Limit> limits = new ArrayList<>();
        LoginThrottle.add(
                limits,
                config.deviceRequestsPerAddress(),
                Digest.of("device requests of address " + Network.of(remoteAddress)));
        LoginThrottle.add(
                limits,
                config.deviceRequestsPerTenant(),
                LoginThrottle.key("device requests", tenant, confidential == null ? "" : confidential));
        return limits;
    }

    /** To reserve before a user code is looked up; a right one gets it back. */
    List<Limit> userCode(String tenant, String subject, String remoteAddress) {
        List<Limit> limits = new ArrayList<>();
        LoginThrottle.add(limits, config.userCodeFailures(), LoginThrottle.key("user codes of user", tenant, subject));
        LoginThrottle.add(
                limits,
                config.userCodeFailuresPerAddress(),
                Digest.of("user codes of address " + Network.of(remoteAddress)));
        return limits;
    }
}
