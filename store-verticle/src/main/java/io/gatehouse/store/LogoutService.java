package io.gatehouse.store;

import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.message.Logouts;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Answers {@link Logouts}: the store's word that a session ended is attested, for the token role. */
final class LogoutService {
    private static final int MOST_AT_ONCE = 100;
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(5);
    /** Time to have a logout token signed, at once after the claim. */
    private static final Duration STATEMENT_LIFE = Duration.ofSeconds(5);

    private final SessionStore.Logouts logouts;
    private final Attestor attestor;
    private final Clock clock;

    LogoutService(SessionStore.Logouts logouts, Attestor attestor, Clock clock) {
        this.logouts = logouts;
        this.attestor = attestor;
        this.clock = clock;
    }

    Future<?> answer(Logouts<?> request) {
        return switch (request) {
            case Logouts.Claim claim -> claim(claim);
            case Logouts.Report report ->
                logouts.report(report, clock.instant()).map(done -> new Logouts.Reported());
        };
    }

    /** A lease that nobody could mean would let a logout wait for nothing. */
    private Future<Logouts.Claimed> claim(Logouts.Claim request) {
        Instant now = clock.instant();
        Duration lease = request.lease().compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : request.lease();
        int limit = Math.clamp(request.limit(), 0, MOST_AT_ONCE);
        return logouts.claim(limit, now.plus(lease), now)
                .map(due -> new Logouts.Claimed(
                        due.stream().map(logout -> due(logout, now)).toList()));
    }

    private Logouts.Due due(PendingLogout logout, Instant now) {
        Attestation statement = attestor.attest(new LogoutStatement(
                logout.tenant(),
                logout.clientId(),
                logout.subject(),
                logout.session().sid(),
                now.plus(STATEMENT_LIFE)));
        return new Logouts.Due(logout.tenant(), logout.id(), logout.clientId(), statement, logout.tries());
    }
}
