package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Browser sessions as services see them. That one counts is remembered for half a minute; whether it ended, and whether all
 * that the user was given was taken back, is looked at every time.
 */
public final class ServiceSessions {
    /** Nodes' clocks may differ by so much. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    record Shown(String tenant, SessionProof session) {}

    /**
     * A session that counted when the store was asked.
     *
     * @param attestation of the statement, for the token role
     * @param expiresAt when the session ends in any case
     */
    public record Counting(SessionStatement statement, Attestation attestation, long subjectEpoch, Instant expiresAt) {
        static @Nullable Counting of(Sessions.@Nullable Vouching vouching) {
            return vouching == null
                    ? null
                    : new Counting(
                            vouching.statement().read(SessionStatement.class),
                            vouching.statement(),
                            vouching.subjectEpoch(),
                            vouching.expiresAt());
        }
    }

    private final Bus bus;
    private final Lately<Shown, Counting> known;
    private final RevocationList revocations;
    private final Clock clock;

    ServiceSessions(Bus bus, Lately<Shown, Counting> known, RevocationList revocations, Clock clock) {
        this.bus = bus;
        this.known = known;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** Null where it does not count here and now; fails with {@code Unavailable} where that can't be told. */
    public Future<@Nullable Counting> find(String tenant, SessionProof session) {
        if (!revocations.isFresh()) {
            return Future.failedFuture(new OAuthError.Unavailable("revocation").failure());
        }
        Shown shown = new Shown(tenant, session);
        return known.find(
                        shown,
                        asked -> bus.ask(new Sessions.Vouch(tenant, session))
                                .map(vouched -> Counting.of(vouched.session())))
                .map(found -> {
                    if (found == null || !isCurrent(found)) {
                        known.forget(shown);
                        return null;
                    }
                    return found;
                });
    }

    /** Whether one that {@link #find} gave still counts. False as well while that can't be told. */
    public boolean counts(Counting session) {
        return revocations.isFresh() && isCurrent(session);
    }

    private boolean isCurrent(Counting session) {
        return clock.instant().isBefore(session.expiresAt())
                && !revocations.denies(session.statement(), session.subjectEpoch());
    }

    /**
     * Spends the code by which a session is handed over: of many that present it, one is told true.
     *
     * @param host whose code it is
     * @param issuedAt on the clock of whichever node made it
     * @param expiresAt when it opens no more
     */
    public Future<Boolean> spend(String tenant, String host, String code, Instant issuedAt, Instant expiresAt) {
        return bus.ask(new OneTimeValues.Spend(
                        tenant, Kind.HANDOVER, host, Digest.of(code), issuedAt.minus(SKEW), expiresAt.plus(SKEW)))
                .map(OneTimeValues.Spent::first);
    }
}
