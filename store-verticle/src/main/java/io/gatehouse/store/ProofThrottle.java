package io.gatehouse.store;

import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Network;
import io.gatehouse.common.message.OneTimeValues.Spend;
import java.util.ArrayList;
import java.util.List;

/**
 * What a value counts against that anybody can make as many of as he likes: each is remembered, whatever else was sent with it.
 */
final class ProofThrottle {
    private final LimitsConfig config;

    ProofThrottle(LimitsConfig config) {
        this.config = config;
    }

    /** To reserve before it is spent. */
    List<Limit> of(Spend spend) {
        List<Limit> limits = new ArrayList<>(1);
        String address = spend.remoteAddress();
        if (address != null) {
            LoginThrottle.add(limits, config.proofsPerAddress(), Digest.of("proofs of address " + Network.of(address)));
        }
        return limits;
    }
}
