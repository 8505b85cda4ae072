package io.gatehouse.store;

import io.gatehouse.common.message.Revocations.DenyKey;
import io.gatehouse.common.message.Revocations.DenyToken;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.User;
import java.time.Duration;
import java.time.Instant;

/** What is denied, and for how long: until the last token it could be about is out, on any clock. */
public final class Denials {
    /** No access token lives longer, whatever is configured now or was when it was issued. */
    private static final Duration LONGEST_TOKEN = Duration.ofHours(1);

    private static final Duration SKEW = Duration.ofMinutes(1);

    private Denials() {}

    public static Denial of(Grant grant, Instant now) {
        return new Denial(grant.tenant(), Kind.GRANT, grant.id().gid(), 0, grant.clientId(), end(now));
    }

    /** @param user in its new generation */
    public static Denial of(User user, Instant now) {
        return new Denial(user.profile().tenant(), Kind.SUBJECT, user.profile().subject(), user.epoch(), "", end(now));
    }

    /** What an ended session gave. */
    public static Denial of(Session session, Instant now) {
        return new Denial(session.tenant(), Kind.SESSION, session.id().sid(), 0, "", end(now));
    }

    /** @param consent in its new generation */
    public static Denial of(Consent consent, Instant now) {
        return new Denial(
                consent.tenant(), Kind.CONSENT, consent.subject(), consent.epoch(), consent.clientId(), end(now));
    }

    /** @param client in its new generation */
    public static Denial of(Client client, Instant now) {
        return new Denial(client.tenant(), Kind.CLIENT, client.clientId(), client.epoch(), client.clientId(), end(now));
    }

    /** What the key signed so far. */
    public static Denial of(DenyKey key, Instant now) {
        return new Denial(key.tenant(), Kind.KEY, key.kid(), 0, "", end(now));
    }

    /** A token that claims to live longer than any does is denied as long as any lives. */
    public static Denial of(DenyToken token, Instant now) {
        Instant end = token.expiresAt().plus(SKEW);
        return new Denial(
                token.tenant(),
                Kind.TOKEN,
                token.jti(),
                0,
                token.clientId(),
                end.isBefore(end(now)) ? end : end(now),
                token.gid());
    }

    /** What takes the place of many denials of one grant's tokens. */
    public static Denial ofGrant(Denial token, String gid, Instant now) {
        return new Denial(token.tenant(), Kind.GRANT, gid, 0, token.clientId(), end(now));
    }

    /** When the last token that is out now has expired. */
    public static Instant end(Instant now) {
        return now.plus(LONGEST_TOKEN).plus(SKEW);
    }
}
