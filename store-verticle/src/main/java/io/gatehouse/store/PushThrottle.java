package io.gatehouse.store;

import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Network;
import io.gatehouse.common.message.PushedRequests.Push;
import java.util.ArrayList;
import java.util.List;

/** What a pushed request counts against: public clients only name themselves, so that anybody can have rows written. */
final class PushThrottle {
    private final LimitsConfig config;

    PushThrottle(LimitsConfig config) {
        this.config = config;
    }

    /** To reserve before it is written. */
    List<Limit> of(Push push) {
        List<Limit> limits = new ArrayList<>(2);
        // A service that authenticated pushes for all its users from one address.
        if (!push.authenticated()) {
            LoginThrottle.add(
                    limits,
                    config.pushedRequestsPerAddress(),
                    Digest.of("pushed requests of address " + Network.of(push.remoteAddress())));
        }
        // Strangers can't use up what is a client's that authenticated.
        LoginThrottle.add(
                limits,
                config.pushedRequestsPerTenant(),
                LoginThrottle.key("pushed requests", push.tenant(), push.authenticated() ? push.clientId() : ""));
        return limits;
    }
}
