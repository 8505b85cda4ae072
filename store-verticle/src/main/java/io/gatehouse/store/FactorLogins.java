package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.message.PasswordStatement;
import io.gatehouse.common.message.SecondFactors.LogIn;
import io.gatehouse.common.message.SecondFactors.Login;
import io.gatehouse.common.message.SecondFactors.Refusal;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.User;
import io.gatehouse.store.FactorProofs.Holder;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logins that need more than a password: begun by {@link SessionService}, ended here. Nothing is stored between. */
final class FactorLogins {
    /** Time to find the phone. */
    private static final Duration LIFE = Duration.ofMinutes(10);
    /** Nodes' clocks may differ by so much. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int ID_BYTES = 32;
    private static final List<String> AMR = SecondFactor.amr(Tickets.BY_PASSWORD, true);

    private final Store store;
    private final FactorProofs proofs;
    private final OneTimeValueService oneTimeValues;
    private final SessionTimes times;
    private final Attestor attestor;
    private final Announcer announcer;
    private final Clock clock;

    FactorLogins(
            Store store,
            FactorProofs proofs,
            OneTimeValueService oneTimeValues,
            SessionTimes times,
            Attestor attestor,
            Announcer announcer,
            Clock clock) {
        this.store = store;
        this.proofs = proofs;
        this.oneTimeValues = oneTimeValues;
        this.times = times;
        this.attestor = attestor;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** The user showed the password: a {@link PasswordStatement}. */
    Attestation begin(String tenant, User user) {
        Instant now = clock.instant();
        return attestor.attest(new PasswordStatement(
                tenant,
                user.profile().subject(),
                user.epoch(),
                Digest.of(Entropy.bytes(ID_BYTES)),
                now,
                now.plus(LIFE)));
    }

    /** Who that is; null where it counts no more, or never did. */
    @Nullable
    PasswordStatement read(String tenant, Attestation password) {
        PasswordStatement stated = attestor.verify(password, PasswordStatement.class);
        return stated != null
                        && stated.tenant().equals(tenant)
                        && clock.instant().isBefore(stated.expiresAt())
                ? stated
                : null;
    }

    Future<Login> logIn(LogIn request) {
        PasswordStatement stated = read(request.tenant(), request.password());
        return stated == null
                ? Future.succeededFuture(new Login.Refused(Refusal.OVER))
                : store.users()
                        .find(request.tenant(), stated.subject())
                        .compose(user -> user == null || !RotationRules.stands(user, stated.subjectEpoch())
                                ? Future.succeededFuture(refused(line(stated), Refusal.OVER))
                                : logIn(request, stated, user));
    }

    private Future<Login> logIn(LogIn request, PasswordStatement stated, User user) {
        AuditLine line = line(stated);
        return proofs.prove(new Holder(request.tenant(), stated.subject(), request.remoteAddress()), request.proof())
                .compose(counts -> counts
                        ? spend(stated)
                                .compose(first -> first
                                        ? begin(request, stated, user, line)
                                        : Future.succeededFuture(refused(line, Refusal.OVER)))
                        : Future.succeededFuture(refused(line, Refusal.WRONG_CODE)));
    }

    /** Behind the code: a wrong one may be followed by a right one. */
    private Future<Boolean> spend(PasswordStatement stated) {
        return oneTimeValues
                .spend(new Spend(
                        stated.tenant(),
                        Kind.PASSWORD_LOGIN,
                        stated.subject(),
                        stated.id(),
                        stated.authTime().minus(SKEW),
                        stated.expiresAt().plus(SKEW)))
                .map(spent -> spent.first());
    }

    private Future<Login> begin(LogIn request, PasswordStatement stated, User user, AuditLine line) {
        Instant now = clock.instant();
        return store.sessions()
                .begin(
                        times.begin(user, request.fresh(), request.device(), stated.authTime(), AMR, now),
                        request.current(),
                        now)
                .map(begun -> {
                    String sid = begun.session().id().sid();
                    line.with("sid", sid).outcome("authenticated");
                    return new Login.LoggedIn(sid, begun.session().expiresAt(), announcer.denied(begun.denials()));
                });
    }

    private static Login refused(AuditLine line, Refusal reason) {
        line.outcome(reason);
        return new Login.Refused(reason);
    }

    private static AuditLine line(PasswordStatement stated) {
        return AuditLine.of("login", stated.tenant()).subject(stated.subject());
    }
}
