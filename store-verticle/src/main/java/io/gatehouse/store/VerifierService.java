package io.gatehouse.store;

import io.gatehouse.common.message.Verifiers;
import io.gatehouse.common.message.Verifiers.Live;
import io.gatehouse.common.message.Verifiers.Report;
import io.gatehouse.common.message.Verifiers.Reported;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Answers {@link Verifiers}. */
final class VerifierService {
    /** Whoever claims more can't hold up a rotation for longer. */
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(10);
    /** Of tenants in one report. */
    private static final int MOST_KNOWN = 1_000;

    private final Store.Verifiers verifiers;
    private final Clock clock;

    VerifierService(Store.Verifiers verifiers, Clock clock) {
        this.verifiers = verifiers;
        this.clock = clock;
    }

    Future<?> answer(Verifiers<?> request) {
        return switch (request) {
            case Report report ->
                verifiers.report(bounded(report), clock.instant()).map(Reported::new);
            case Live live -> verifiers.standing(live, clock.instant());
        };
    }

    private static Report bounded(Report report) {
        Duration lease = report.lease().isNegative() ? Duration.ZERO : report.lease();
        return new Report(
                report.verifier(),
                lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease,
                report.known().stream().limit(MOST_KNOWN).toList());
    }
}
