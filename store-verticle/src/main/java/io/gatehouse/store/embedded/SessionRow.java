package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.Session;

/** Copies of a session's row in another state. */
final class SessionRow {
    private SessionRow() {}

    /** The only one of its user that outlives a change of the password. */
    static Session goesOn(Session session, Digest secret, long subjectEpoch) {
        return new Session(
                session.tenant(),
                session.id(),
                secret,
                session.subject(),
                subjectEpoch,
                session.authTime(),
                session.amr(),
                session.device(),
                session.createdAt(),
                session.lastUsedAt(),
                session.idleExpiresAt(),
                session.expiresAt(),
                session.listeners());
    }
}
