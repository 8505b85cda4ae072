package io.gatehouse.store;

import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.EnrolmentStatement;
import io.gatehouse.common.message.PasswordStatement;
import io.gatehouse.common.message.SecondFactors;
import io.gatehouse.common.message.SecondFactors.Basis;
import io.gatehouse.common.message.SecondFactors.Challenge;
import io.gatehouse.common.message.SecondFactors.Challenged;
import io.gatehouse.common.message.SecondFactors.Change;
import io.gatehouse.common.message.SecondFactors.Enrol;
import io.gatehouse.common.message.SecondFactors.Refusal;
import io.gatehouse.common.message.SecondFactors.Remove;
import io.gatehouse.common.message.SecondFactors.Reset;
import io.gatehouse.common.message.SecondFactors.ResetDone;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.store.FactorProofs.Holder;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@link SecondFactors}. */
final class SecondFactorService {
    /** The form that was shown to somebody who had just logged in may be sent a while later. */
    private static final Duration RECENT = SecondFactor.RECENT.multipliedBy(2);

    private final Store store;
    private final FactorProofs proofs;
    private final FactorLogins logins;
    private final Attestor attestor;
    private final Announcer announcer;
    private final Clock clock;

    SecondFactorService(
            Store store,
            FactorProofs proofs,
            FactorLogins logins,
            Attestor attestor,
            Announcer announcer,
            Clock clock) {
        this.store = store;
        this.proofs = proofs;
        this.logins = logins;
        this.attestor = attestor;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(SecondFactors<?> request) {
        return switch (request) {
            case Challenge challenge -> challenge(challenge);
            case SecondFactors.LogIn logIn -> logins.logIn(logIn);
            case Enrol enrol -> enrol(enrol);
            case Remove remove -> remove(remove);
            case Reset reset -> reset(reset);
        };
    }

    private Future<Challenged> challenge(Challenge request) {
        return subject(request.tenant(), request.basis())
                .compose(subject -> subject == null
                        ? Future.succeededFuture(null)
                        : proofs.challenge(
                                new Holder(request.tenant(), subject, request.remoteAddress()), request.guess()))
                .map(Challenged::new);
    }

    private Future<@Nullable String> subject(String tenant, Basis basis) {
        return switch (basis) {
            case Basis.OfLogin login -> {
                PasswordStatement stated = logins.read(tenant, login.password());
                yield Future.succeededFuture(stated == null ? null : stated.subject());
            }
            case Basis.OfSession session -> subject(tenant, session.session());
        };
    }

    /** Guesses use up the owner's attempts, and are told from the code: not to whoever finds an open browser. */
    private Future<@Nullable String> subject(String tenant, SessionProof session) {
        Instant now = clock.instant();
        return store.sessions()
                .find(tenant, session, now)
                .map(rows -> rows != null && isRecent(rows.session(), now)
                        ? rows.session().subject()
                        : null);
    }

    private Future<Change> enrol(Enrol request) {
        AuditLine line = line("second_factor_enrolled", request.tenant(), request.session());
        return recent(request.tenant(), request.session(), line, session -> {
            EnrolmentStatement stated = attestor.verify(request.enrolment(), EnrolmentStatement.class);
            if (stated == null || !isOf(stated, session)) {
                return Future.succeededFuture(refused(line, Refusal.WRONG_CODE));
            }
            SecondFactor factor = new SecondFactor(
                    session.tenant(),
                    session.subject(),
                    clock.instant(),
                    stated.secret(),
                    bounded(request.recovery()),
                    stated.step());
            return store.secondFactors()
                    .change(request.tenant(), request.session(), factor, request.fresh(), clock.instant())
                    .map(denials -> changed(line, denials));
        });
    }

    private static <T> List<T> bounded(List<T> codes) {
        return codes.subList(0, Math.min(codes.size(), SecondFactor.RECOVERY_CODES));
    }

    private boolean isOf(EnrolmentStatement stated, Session session) {
        return stated.tenant().equals(session.tenant())
                && stated.subject().equals(session.subject())
                && clock.instant().isBefore(stated.expiresAt());
    }

    private Future<Change> remove(Remove request) {
        AuditLine line = line("second_factor_removed", request.tenant(), request.session());
        return recent(
                request.tenant(),
                request.session(),
                line,
                session -> proofs.prove(
                                new Holder(request.tenant(), session.subject(), request.remoteAddress()),
                                request.proof())
                        .compose(counts -> counts
                                ? store.secondFactors()
                                        .change(
                                                request.tenant(),
                                                request.session(),
                                                null,
                                                request.fresh(),
                                                clock.instant())
                                        .map(denials -> changed(line, denials))
                                : Future.succeededFuture(refused(line, Refusal.WRONG_CODE))));
    }

    private interface Next {
        Future<Change> with(Session session);
    }

    /** Whoever finds an open browser has not the password, and must not be able to shut its owner out. */
    private Future<Change> recent(String tenant, SessionProof proof, AuditLine line, Next next) {
        Instant now = clock.instant();
        return store.sessions().find(tenant, proof, now).compose(rows -> {
            if (rows == null) {
                return Future.succeededFuture(refused(line, Refusal.OVER));
            }
            line.subject(rows.session().subject());
            return isRecent(rows.session(), now)
                    ? next.with(rows.session())
                    : Future.succeededFuture(refused(line, Refusal.NOT_RECENT));
        });
    }

    private static boolean isRecent(Session session, Instant now) {
        return !session.authTime().isBefore(now.minus(RECENT));
    }

    private Change changed(AuditLine line, @Nullable List<SequencedDenial> denials) {
        if (denials == null) {
            return refused(line, Refusal.CHANGED_MEANWHILE);
        }
        line.outcome("changed");
        return new Change.Changed(announcer.denied(denials));
    }

    private static Change refused(AuditLine line, Refusal reason) {
        line.outcome(reason);
        return new Change.Refused(reason);
    }

    /** Ends all else first: where the rest fails, it can be asked for again. */
    private Future<ResetDone> reset(Reset request) {
        AuditLine line = AuditLine.of("second_factor_reset", request.tenant());
        return store.users().named(request.tenant(), request.user()).compose(user -> {
            String subject = user == null ? null : user.profile().subject();
            line.subject(subject);
            return subject == null ? nothing(line) : reset(request.tenant(), subject, line);
        });
    }

    private Future<ResetDone> reset(String tenant, String subject, AuditLine line) {
        return store.secondFactors()
                .find(tenant, subject)
                .compose(factor -> factor == null
                        ? nothing(line)
                        : store.users()
                                .logOut(tenant, subject, clock.instant())
                                .compose(denials -> store.secondFactors()
                                        .remove(tenant, subject)
                                        .map(removed -> {
                                            line.outcome("reset");
                                            return new ResetDone(true, announcer.denied(denials));
                                        })));
    }

    private static Future<ResetDone> nothing(AuditLine line) {
        line.outcome("none");
        return Future.succeededFuture(new ResetDone(false, List.of()));
    }

    private static AuditLine line(String event, String tenant, SessionProof session) {
        return AuditLine.of(event, tenant).with("sid", session.id().sid());
    }
}
