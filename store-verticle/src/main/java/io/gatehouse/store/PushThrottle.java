package io.gatehouse.store;

import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
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
        add(limits, config.pushedRequestsPerAddress(), "address " + Network.of(push.remoteAddress()));
        add(limits, config.pushedRequestsPerTenant(), whose(push));
        return limits;
    }

    /** Strangers can't use up what is a client's that authenticated. */
    private static String whose(Push push) {
        return push.authenticated()
                ? "client " + push.clientId() + " of tenant " + push.tenant()
                : "public clients of tenant " + push.tenant();
    }

    private static void add(List<Limit> limits, Rate rate, String whose) {
        if (!rate.unlimited()) {
            limits.add(new Limit(Digest.of("pushed requests of " + whose), rate));
        }
    }
}
