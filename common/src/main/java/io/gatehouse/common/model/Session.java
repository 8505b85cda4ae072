package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A login of a user in one browser. The row goes when the session ends: no row, no session.
 *
 * @param secret digest of the cookie's secret
 * @param subjectEpoch the user's generation it was begun in: of another one it counts no more
 * @param authTime when the user last showed a password
 * @param amr how (RFC 8176)
 * @param device what the browser says it is, in a few words, for its owner to recognise
 * @param lastUsedAt roughly: written anew only when a noticeable part of the idle time has passed
 * @param idleExpiresAt when it ends unless used before
 * @param expiresAt when it ends in any case
 * @param listeners ids of the clients that were given tokens in it and want to hear when it ends
 */
public record Session(
        String tenant,
        SessionId id,
        Digest secret,
        String subject,
        long subjectEpoch,
        Instant authTime,
        List<String> amr,
        String device,
        Instant createdAt,
        Instant lastUsedAt,
        Instant idleExpiresAt,
        Instant expiresAt,
        List<String> listeners) {
    /** More clients than a browser meets in a session's life. */
    public static final int MOST_LISTENERS = 200;

    public Session {
        amr = List.copyOf(amr);
        listeners = List.copyOf(listeners);
    }

    public boolean isLive(Instant now) {
        return now.isBefore(idleExpiresAt) && now.isBefore(expiresAt);
    }

    /** Another login of the same user: a new secret, so that whoever knew the old one is out. */
    public Session renewed(Session login) {
        Instant idleUntil = earlier(login.idleExpiresAt, expiresAt);
        return with(login, login.lastUsedAt, idleUntil, listeners);
    }

    public Session used(Instant now, Instant idleUntil) {
        return with(this, now, earlier(idleUntil, expiresAt), listeners);
    }

    /** The same under another secret, in another generation of its user. */
    public Session goingOn(Digest nextSecret, long epoch, List<String> nextAmr) {
        return new Session(
                tenant,
                id,
                nextSecret,
                subject,
                epoch,
                authTime,
                nextAmr,
                device,
                createdAt,
                lastUsedAt,
                idleExpiresAt,
                expiresAt,
                listeners);
    }

    /** @param clientId forgotten where there are {@link #MOST_LISTENERS} already */
    public Session heardBy(String clientId) {
        if (listeners.contains(clientId) || listeners.size() >= MOST_LISTENERS) {
            return this;
        }
        List<String> more = new ArrayList<>(listeners);
        more.add(clientId);
        return with(this, lastUsedAt, idleExpiresAt, more);
    }

    /** @param login whose secret, generation, time and device count */
    private Session with(Session login, Instant usedAt, Instant idleUntil, List<String> heardBy) {
        return new Session(
                tenant,
                id,
                login.secret,
                subject,
                login.subjectEpoch,
                login.authTime,
                login.amr,
                login.device,
                createdAt,
                usedAt,
                idleUntil,
                expiresAt,
                heardBy);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
