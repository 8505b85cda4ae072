package io.gatehouse.store;

import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.limit.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * What a code of a second factor counts against: limits of its own, which only who showed the password can use up. From one
 * address they are reached sooner, so that whoever guesses there does not shut out the owner elsewhere at once.
 */
final class FactorThrottle {
    private final LimitsConfig config;

    FactorThrottle(LimitsConfig config) {
        this.config = config;
    }

    /** To reserve before a code is looked at; one that was right gets it back. */
    List<Limit> attempt(String tenant, String subject, String remoteAddress) {
        List<Limit> limits = new ArrayList<>();
        LoginThrottle.add(
                limits, config.secondFactorFailuresPerAccount(), LoginThrottle.key("second factor", tenant, subject));
        LoginThrottle.add(
                limits,
                config.secondFactorFailuresPerAccountAndAddress(),
                LoginThrottle.key("second factor at " + Network.of(remoteAddress), tenant, subject));
        return limits;
    }
}
