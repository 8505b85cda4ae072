package io.gatehouse.common.verify;

import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.model.Denial;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is denied, each until whatever it was given to has expired. For any thread. */
final class DenialTable {
    /** @param clientId of a consent: the user allows each client for itself; empty for all other kinds */
    private record Key(Denial.Kind kind, String tenant, String key, String clientId) {
        static Key of(Denial denial) {
            String clientId = denial.kind() == Denial.Kind.CONSENT ? denial.clientId() : "";
            return new Key(denial.kind(), denial.tenant(), denial.key(), clientId);
        }
    }

    private record Entry(long epoch, Instant expiresAt) {}

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

    boolean denies(AccessToken token) {
        Provenance provenance = token.provenance();
        return deniesAlone(token)
                || (provenance != null && provenance.sources().stream().anyMatch(source -> denies(token, source)));
    }

    boolean denies(SessionStatement session, long subjectEpoch) {
        return contains(Denial.Kind.SESSION, session.tenant(), session.sid())
                || isOutdated(Denial.Kind.SUBJECT, session.tenant(), session.subject(), subjectEpoch);
    }

    /** Its grant, session and subject are those of the token that was made of it. */
    private boolean denies(AccessToken token, Provenance.Source source) {
        String tenant = token.tenant();
        return contains(Denial.Kind.TOKEN, tenant, source.jti())
                || isOutdated(Denial.Kind.CLIENT, tenant, source.clientId(), source.clientEpoch())
                || contains(Denial.Kind.KEY, tenant, source.kid())
                || (source.consentEpoch() > 0
                        && isOutdated(
                                new Key(Denial.Kind.CONSENT, tenant, token.user(), source.clientId()),
                                source.consentEpoch()));
    }

    private boolean deniesAlone(AccessToken token) {
        String tenant = token.tenant();
        return contains(Denial.Kind.TOKEN, tenant, token.jti())
                || (token.gid() != null && contains(Denial.Kind.GRANT, tenant, token.gid()))
                || (token.sessionId() != null && contains(Denial.Kind.SESSION, tenant, token.sessionId()))
                || isOutdated(Denial.Kind.SUBJECT, tenant, token.user(), token.subjectEpoch())
                || isOutdated(Denial.Kind.CLIENT, tenant, token.clientId(), token.clientEpoch())
                || contains(Denial.Kind.KEY, tenant, token.kid())
                || (token.consentEpoch() > 0 && isOutdated(consentOf(token), token.consentEpoch()));
    }

    private boolean contains(Denial.Kind kind, String tenant, String key) {
        return entries.containsKey(new Key(kind, tenant, key, ""));
    }

    private static Key consentOf(AccessToken token) {
        return new Key(Denial.Kind.CONSENT, token.tenant(), token.user(), token.clientId());
    }

    private boolean isOutdated(Denial.Kind kind, String tenant, String key, long epoch) {
        return isOutdated(new Key(kind, tenant, key, ""), epoch);
    }

    private boolean isOutdated(Key key, long epoch) {
        Entry entry = entries.get(key);
        return entry != null && epoch < entry.epoch;
    }

    void put(Denial denial) {
        Entry entry = new Entry(denial.epoch(), denial.expiresAt());
        entries.merge(Key.of(denial), entry, DenialTable::later);
    }

    private static Entry later(Entry one, Entry other) {
        Instant expiresAt = one.expiresAt.isAfter(other.expiresAt) ? one.expiresAt : other.expiresAt;
        return new Entry(Math.max(one.epoch, other.epoch), expiresAt);
    }

    void sweep(Instant now) {
        entries.values().removeIf(entry -> entry.expiresAt.isBefore(now));
    }

    int size() {
        return entries.size();
    }
}
