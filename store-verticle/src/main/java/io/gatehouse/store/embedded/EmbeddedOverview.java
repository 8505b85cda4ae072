package io.gatehouse.store.embedded;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Session;
import io.gatehouse.store.RotationRules;
import io.gatehouse.store.SessionOverview;
import io.gatehouse.store.SessionOverview.Allowed;
import io.gatehouse.store.SessionRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what the owner of a session may see. */
final class EmbeddedOverview {
    private EmbeddedOverview() {}

    static SessionOverview of(Tables tables, SessionRows rows, Instant now) {
        List<Session> sessions =
                SessionTable.ofSubject(
                                tables, rows.session().tenant(), rows.session().subject())
                        .stream()
                        .filter(session ->
                                session.isLive(now) && RotationRules.stands(rows.user(), session.subjectEpoch()))
                        .sorted(Comparator.comparing(Session::lastUsedAt).reversed())
                        .limit(SessionOverview.MOST)
                        .toList();
        return new SessionOverview(rows, sessions, consents(tables, rows.session()));
    }

    private static List<Allowed> consents(Tables tables, Session session) {
        byte[] prefix = RowKey.of(session.tenant(), session.subject());
        List<Consent> consents = new ArrayList<>();
        tables.consents.scan(prefix, (key, consent) -> {
            boolean isTheirs = RowKey.startsWith(key, prefix);
            if (isTheirs && consent.holds()) {
                consents.add(consent);
            }
            return isTheirs;
        });
        return consents.stream()
                .sorted(Comparator.comparing(Consent::grantedAt).reversed())
                .limit(SessionOverview.MOST)
                .map(consent -> new Allowed(consent, clientName(tables, consent)))
                .toList();
    }

    private static @Nullable String clientName(Tables tables, Consent consent) {
        Client client = tables.client(consent.tenant(), consent.clientId());
        return client == null ? null : client.clientName();
    }
}
