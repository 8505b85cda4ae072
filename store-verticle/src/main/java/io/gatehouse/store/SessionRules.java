package io.gatehouse.store;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a browser session is good for, as a function of the rows of one moment. A back end that decides in SQL says the same.
 */
public final class SessionRules {
    private final SessionTimes times;

    public SessionRules(SessionTimes times) {
        this.times = times;
    }

    /** What to write and what to answer. */
    public sealed interface Verdict {
        record LoginRequired() implements Verdict {}

        record ClientRefused() implements Verdict {}

        /**
         * @param remembered what the user allowed before
         * @param epoch generation of the consent that the answer counts in
         */
        record ConsentRequired(Scope remembered, long epoch) implements Verdict {}

        /**
         * @param session to write; null: it is as it was
         * @param consent to write; null: it is as it was
         */
        record Write(
                AuthorizationCode code,
                @Nullable Session session,
                @Nullable Consent consent) implements Verdict {}
    }

    /** Whether the session counts now, for whoever shows {@code proof}. */
    public static boolean stands(@Nullable Session session, SessionProof proof, @Nullable User user, Instant now) {
        return session != null
                && session.secret().equals(proof.secret())
                && session.isLive(now)
                && RotationRules.stands(user, session.subjectEpoch());
    }

    /** Whether what was given in a session that must not have ended still counts; null: it is gone. */
    public static boolean carries(@Nullable Session session, Instant now) {
        return session != null && now.isBefore(session.expiresAt());
    }

    /** Whether a grant of that generation still rests on the consent. */
    public static boolean carries(@Nullable Consent consent, long epoch) {
        return epoch == 0 || (consent != null && consent.epoch() == epoch);
    }

    /** Nulls are rows that are not there. */
    public Verdict decide(
            SessionCodeOrder order,
            @Nullable Session session,
            @Nullable User user,
            @Nullable Client client,
            @Nullable Consent consent,
            Instant now) {
        PutBySession request = order.request();
        if (session == null || !stands(session, request.session(), user, now) || !isWanted(request, session)) {
            return new Verdict.LoginRequired();
        }
        if (client == null || client.disabled() || !mayHave(client, request)) {
            return new Verdict.ClientRefused();
        }
        Scope remembered = consent == null ? Scope.EMPTY : consent.scope();
        boolean asked = request.consent() == Consenting.GIVEN || request.consent() == Consenting.GIVEN_ONCE;
        boolean covered = request.consent() == Consenting.REMEMBERED
                && consent != null
                && remembered.covers(request.scope())
                // What is empty covers the empty: somebody must have allowed it once.
                && (!remembered.isEmpty() || !request.scope().isEmpty());
        if (asked ? isOutdated(request, consent) : !covered) {
            return new Verdict.ConsentRequired(remembered, consent == null ? Consent.FIRST_EPOCH : consent.epoch());
        }
        Consent next = asked ? given(request, session, consent, now) : null;
        Consent holds = next == null ? consent : next;
        return new Verdict.Write(
                order.code(session, client.epoch(), holds == null ? 0 : holds.epoch(), now),
                used(request, session, now),
                next);
    }

    private static boolean isWanted(PutBySession request, Session session) {
        boolean recent = request.notBefore() == null || !session.authTime().isBefore(request.notBefore());
        return recent && (request.subject() == null || request.subject().equals(session.subject()));
    }

    private static boolean mayHave(Client client, PutBySession request) {
        return mayBeGivenCodes(client) && client.scope().covers(request.scope());
    }

    /** A decision about a device gives a code as well. */
    public static boolean mayBeGivenCodes(Client client) {
        return client.mayUse("authorization_code") || client.mayUse(Devices.GRANT_TYPE);
    }

    /** Whether the consent was withdrawn since the question: its answer does not bring it back. */
    private static boolean isOutdated(PutBySession request, @Nullable Consent consent) {
        return request.consentEpoch() > 0 && consent != null && consent.epoch() > request.consentEpoch();
    }

    /** One that is to be asked again leaves a row as well, without scope: withdrawing it must be able to end the grant. */
    private static @Nullable Consent given(
            PutBySession request, Session session, @Nullable Consent before, Instant now) {
        Scope more = request.consent() == Consenting.GIVEN ? request.scope() : Scope.EMPTY;
        if (before == null) {
            return new Consent(request.tenant(), session.subject(), request.clientId(), more, Consent.FIRST_EPOCH, now);
        }
        return before.holds() && before.scope().covers(more) ? null : before.widened(more, now);
    }

    private @Nullable Session used(PutBySession request, Session session, Instant now) {
        Session next = request.listens() ? session.heardBy(request.clientId()) : session;
        if (times.isNoticeable(session.lastUsedAt(), now)) {
            next = next.used(now, times.idleEnd(now));
        }
        return next.equals(session) ? null : next;
    }
}
