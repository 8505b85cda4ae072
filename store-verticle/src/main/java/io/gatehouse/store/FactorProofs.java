package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.PasscodeChallenge;
import io.gatehouse.common.message.PasscodeStatement;
import io.gatehouse.common.message.SecondFactors.Proof;
import io.gatehouse.common.model.SecondFactor;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody has a user's second factor. A code is looked at by the token role, which needs our leave for each; that it
 * was right, it says itself, and here it is spent. A recovery code is known here by its digest.
 */
final class FactorProofs {
    private static final Duration LIFE = Duration.ofSeconds(5);

    private final SessionStore.SecondFactors factors;
    private final Store.Limits limits;
    private final FactorThrottle throttle;
    private final Attestor attestor;
    private final Clock clock;

    FactorProofs(Store store, FactorThrottle throttle, Attestor attestor, Clock clock) {
        this.factors = store.secondFactors();
        this.limits = store.limits();
        this.throttle = throttle;
        this.attestor = attestor;
        this.clock = clock;
    }

    /** Somebody who may try a user's codes. */
    record Holder(String tenant, String subject, String remoteAddress) {}

    /**
     * A {@link PasscodeChallenge} for one code.
     *
     * @return null where the user has no second factor; fails with {@code Throttled}
     */
    Future<@Nullable Attestation> challenge(Holder holder, Digest guess) {
        return factors.find(holder.tenant(), holder.subject())
                .compose(factor -> factor == null
                        ? Future.succeededFuture(null)
                        : reserve(holder).map(reserved -> attested(factor, guess)));
    }

    private Attestation attested(SecondFactor factor, Digest guess) {
        return attestor.attest(new PasscodeChallenge(
                factor.tenant(),
                factor.subject(),
                factor.enrolledAt(),
                factor.secret(),
                guess,
                clock.instant().plus(LIFE)));
    }

    /** Spends what is shown; says whether it counted. Fails with {@code Throttled} where a recovery code is one too many. */
    Future<Boolean> prove(Holder holder, Proof proof) {
        Future<Boolean> counted = switch (proof) {
            case Proof.ByCode byCode -> use(holder, byCode.passcode());
            case Proof.ByRecovery recovery ->
                reserve(holder)
                        .compose(reserved -> factors.recover(holder.tenant(), holder.subject(), recovery.code()));
        };
        return counted.compose(counts -> {
            line(holder)
                    .with("by", proof instanceof Proof.ByCode ? "code" : "recovery_code")
                    .outcome(counts ? "accepted" : "refused");
            return counts ? refund(holder).map(true) : Future.succeededFuture(false);
        });
    }

    private Future<Boolean> use(Holder holder, Attestation passcode) {
        PasscodeStatement stated = attestor.verify(passcode, PasscodeStatement.class);
        boolean isOf = stated != null
                && stated.tenant().equals(holder.tenant())
                && stated.subject().equals(holder.subject())
                && clock.instant().isBefore(stated.expiresAt());
        return stated == null || !isOf
                ? Future.succeededFuture(false)
                : factors.use(holder.tenant(), holder.subject(), stated.enrolledAt(), stated.step());
    }

    private Future<Void> reserve(Holder holder) {
        return Reservation.make(limits, attempt(holder), line(holder), clock.instant());
    }

    private Future<Void> refund(Holder holder) {
        Instant now = clock.instant();
        return limits.refund(attempt(holder), now).otherwiseEmpty();
    }

    private List<Limit> attempt(Holder holder) {
        return throttle.attempt(holder.tenant(), holder.subject(), holder.remoteAddress());
    }

    private static AuditLine line(Holder holder) {
        return AuditLine.of("second_factor", holder.tenant()).subject(holder.subject());
    }
}
