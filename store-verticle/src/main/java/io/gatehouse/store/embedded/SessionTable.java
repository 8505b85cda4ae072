package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of sessions, and the index by which a user's are found. */
final class SessionTable {
    /** Of one user, as far as anybody looks: nobody has more browsers, and a walk through more would hold everybody up. */
    static final int MOST_OF_SUBJECT = 1_000;

    private SessionTable() {}

    static void put(Tables tables, Session session) {
        tables.sessions.put(RowKey.of(session.tenant(), session.id()), session);
        tables.sessionsBySubject.put(indexKey(session), session.id().value().toArray());
    }

    static void remove(Tables tables, Session session) {
        tables.sessions.remove(RowKey.of(session.tenant(), session.id()));
        tables.sessionsBySubject.remove(indexKey(session));
    }

    /** @param key of a row that is there */
    static void remove(Tables tables, byte[] key) {
        Session session = tables.sessions.get(key);
        if (session != null) {
            remove(tables, session);
        }
    }

    /** Those that expire last; whether they count is the caller's question. */
    static List<Session> ofSubject(Tables tables, String tenant, String subject) {
        byte[] prefix = RowKey.of(tenant, subject);
        List<Session> found = new ArrayList<>();
        tables.sessionsBySubject.scan(prefix, (key, id) -> {
            boolean isTheirs = RowKey.startsWith(key, prefix);
            add(isTheirs ? tables.session(tenant, new SessionId(Bytes.of(id))) : null, found);
            return isTheirs && found.size() < MOST_OF_SUBJECT;
        });
        return found;
    }

    private static void add(@Nullable Session session, List<Session> found) {
        if (session != null) {
            found.add(session);
        }
    }

    /** Every bit of the id turned round: what sorts last by its day sorts first. */
    private static byte[] indexKey(Session session) {
        byte[] id = session.id().value().toArray();
        for (int i = 0; i < id.length; i++) {
            id[i] = (byte) ~id[i];
        }
        return RowKey.join(RowKey.of(session.tenant(), session.subject()), Bytes.owned(id));
    }
}
