package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.Verifiers.Known;
import io.gatehouse.common.message.Verifiers.Report;
import io.gatehouse.common.message.Verifiers.Reported;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * This process among those that verify tokens: it says so by a lease, and that it knows the key sets in which a new key waits
 * for that. The lease outlasts the time after which a silent process refuses tokens, so that nobody is forgotten who still
 * verifies.
 */
public final class VerifierLease {
    private static final System.Logger LOG = System.getLogger(VerifierLease.class.getName());
    private static final int RENEWALS = 3;
    private static final int NAME_BYTES = 16;

    private final String name = Entropy.bytes(NAME_BYTES).base64Url();
    private final KeyDirectory keys;
    private final Duration renewal;
    private final Duration lease;

    /** @param staleness of {@link RevocationList} */
    VerifierLease(KeyDirectory keys, Duration staleness) {
        this.keys = keys;
        this.renewal = staleness.dividedBy(RENEWALS);
        this.lease = staleness.plus(renewal);
    }

    /** How often it is to be renewed. */
    public Duration renewal() {
        return renewal;
    }

    /** Never fails: without a lease nobody waits for this process, which asks anew for a key that it does not know. */
    public Future<Void> renew(Bus bus) {
        return report(bus, lease, List.of())
                .onSuccess(this::reported)
                .onFailure(failure -> LOG.log(
                        System.Logger.Level.DEBUG, "this process could not say that it verifies tokens", failure))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** Ends it: nobody has to wait for a process that stops. */
    public Future<Void> end(Bus bus) {
        return report(bus, Duration.ZERO, List.of()).<Void>mapEmpty().otherwiseEmpty();
    }

    /** Learns a version, and says so. */
    void acknowledge(Bus bus, String tenant, long version) {
        Future<?> unused = keys.learn(bus, tenant, version)
                .compose(set -> report(bus, lease, List.of(new Known(tenant, set.version()))))
                .onSuccess(this::reported)
                .onFailure(failure ->
                        LOG.log(System.Logger.Level.DEBUG, "a new version of a key set could not be learnt", failure));
    }

    private Future<Reported> report(Bus bus, Duration lasting, List<Known> known) {
        return bus.ask(new Report(name, lasting, known));
    }

    /** Meanwhile a key may have begun to sign without waiting for this process. */
    private void reported(Reported answer) {
        if (!answer.renewed()) {
            keys.forgetAll();
        }
    }
}
