package io.gatehouse.store.pg;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.vertx.sqlclient.Row;
import java.util.List;

/** A row of {@code codes}: the code as it was ordered, and what was found out when it was written. */
final class CodeRow {
    /** Of a row or column {@code k}. */
    static final String COLUMNS = Cells.select(
            "k", "record", "scope", "subject_epoch", "client_epoch", "consent_epoch", "auth_time", "session_record");

    private CodeRow() {}

    /**
     * As it was before it was taken.
     *
     * @param subject as its user spells it: too long a one is not in the row
     */
    static AuthorizationCode read(Row row, String subject) {
        AuthorizationCode ordered = Cells.record(row, "k_record", AuthorizationCode.class);
        boolean inSession = row.getBuffer("k_session_record") != null;
        return new AuthorizationCode(
                ordered.tenant(),
                ordered.id(),
                ordered.clientId(),
                subject,
                ordered.family(),
                new Scope(List.of(row.getArrayOfStrings("k_scope"))),
                ordered.grant(),
                ordered.grantExpiresAt(),
                Cells.number(row, "k_subject_epoch"),
                Cells.number(row, "k_client_epoch"),
                ordered.redirectUri(),
                ordered.codeChallenge(),
                ordered.nonce(),
                ordered.confirmation(),
                ordered.sessionId(),
                inSession ? Cells.instant(row, "k_auth_time") : ordered.authTime(),
                inSession ? Cells.record(row, "k_session_record", Session.class).amr() : ordered.amr(),
                ordered.createdAt(),
                ordered.expiresAt(),
                null,
                ordered.claims(),
                Cells.number(row, "k_consent_epoch"),
                ordered.access());
    }
}
