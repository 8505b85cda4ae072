package io.gatehouse.store;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a presented code (RFC 6749, sections 4.1.2 and 10.5; RFC 7636, section 4.6), as a function of the rows
 * of one moment. A back end that decides in SQL says the same.
 */
public final class CodeRules {
    /** How long the tombstone of a code outlives it: a replay within it ends what the code gave. */
    public static final Duration TOMBSTONE = Duration.ofSeconds(60);

    /** The secret of a grant that was ended before it was written: nothing has this digest. */
    private static final Digest NOBODYS = new Digest(Bytes.of(new byte[32]));

    private CodeRules() {}

    /** What to write and what to answer. */
    public sealed interface Verdict {
        /** The code is spent, and gives. */
        record Redeem() implements Verdict {}

        /** The code is spent, and gives nothing. */
        record Burn(TakeRefusal reason) implements Verdict {}

        /** It had been presented before, by the same client: its grant dies. */
        record Replay() implements Verdict {}

        /** Nothing changes. */
        record Refuse(TakeRefusal reason) implements Verdict {}
    }

    /**
     * Nulls are rows that are not there.
     *
     * @param session that the code was given in
     * @param consent of the code's user to its client
     */
    public static Verdict decide(
            Take request,
            @Nullable AuthorizationCode code,
            @Nullable User user,
            @Nullable Client client,
            @Nullable Session session,
            @Nullable Consent consent,
            Instant now) {
        if (code == null || !now.isBefore(code.expiresAt().plus(TOMBSTONE))) {
            return new Verdict.Refuse(TakeRefusal.UNKNOWN);
        }
        if (code.takenAt() != null) {
            return again(request, code);
        }
        TakeRefusal refusal = refusal(request, code, now);
        if (refusal == null) {
            refusal = refusal(code, user, client, session, consent, now);
        }
        return refusal == null ? new Verdict.Redeem() : new Verdict.Burn(refusal);
    }

    /** Another client, or one that stole the code but not its verifier, must not be able to end the grant. */
    private static Verdict again(Take request, AuthorizationCode code) {
        if (!code.clientId().equals(request.clientId())) {
            return new Verdict.Refuse(TakeRefusal.FOREIGN);
        }
        return code.codeChallenge() == null || code.codeChallenge().equals(request.codeChallenge())
                ? new Verdict.Replay()
                : new Verdict.Refuse(TakeRefusal.REPLAYED);
    }

    private static @Nullable TakeRefusal refusal(Take request, AuthorizationCode code, Instant now) {
        if (!code.clientId().equals(request.clientId())) {
            return TakeRefusal.FOREIGN;
        }
        if (!now.isBefore(code.expiresAt())) {
            return TakeRefusal.EXPIRED;
        }
        if (code.redirectUri() != null && !code.redirectUri().equals(request.redirectUri())) {
            return TakeRefusal.REDIRECT_URI;
        }
        // A verifier for a code without challenge is refused as well: somebody took the challenge away (RFC 9700,
        // 4.8.2).
        return Objects.equals(code.codeChallenge(), request.codeChallenge()) ? null : TakeRefusal.CODE_VERIFIER;
    }

    private static @Nullable TakeRefusal refusal(
            AuthorizationCode code,
            @Nullable User user,
            @Nullable Client client,
            @Nullable Session session,
            @Nullable Consent consent,
            Instant now) {
        if (!RotationRules.stands(user, code.subjectEpoch())
                || (code.sessionId() != null && !SessionRules.carries(session, now))) {
            return TakeRefusal.SUBJECT_REFUSED;
        }
        return RotationRules.stands(client, code.clientEpoch()) && SessionRules.carries(consent, code.consentEpoch())
                ? null
                : TakeRefusal.CLIENT_REFUSED;
    }

    /** A grant that ended before its first write: what is written later stays dead. */
    public static Grant ended(AuthorizationCode code, Instant now) {
        return new Grant(
                code.tenant(),
                code.grant(),
                code.clientId(),
                code.subject(),
                code.family(),
                code.scope(),
                NOBODYS,
                NOBODYS,
                null,
                null,
                0,
                null,
                false,
                code.subjectEpoch(),
                code.clientEpoch(),
                code.confirmation(),
                code.sessionId(),
                code.authTime(),
                code.amr(),
                now,
                code.grantExpiresAt(),
                code.grantExpiresAt(),
                now,
                code.claims(),
                code.consentEpoch(),
                code.access());
    }

    /** Whether the row stands there only because the grant ended before it was written. */
    public static boolean endedBeforeItsWrite(Grant row) {
        return row.revokedAt() != null && row.familySecret().equals(NOBODYS);
    }
}
