package io.gatehouse.store.pg;

import io.gatehouse.common.model.Grant;
import io.vertx.sqlclient.Row;

/** A row of {@code grants}: the grant as it was first written, and what has changed since. */
final class GrantRow {
    /** Of a row or column {@code g}. */
    static final String COLUMNS = Cells.select(
            "g",
            "record",
            "current_secret",
            "previous_secret",
            "sealed_successor",
            "generation",
            "rotated_at",
            "replayed",
            "idle_expires_at",
            "revoked_at");

    private GrantRow() {}

    static Grant read(Row row) {
        Grant written = Cells.record(row, "g_record", Grant.class);
        return new Grant(
                written.tenant(),
                written.id(),
                written.clientId(),
                written.subject(),
                written.family(),
                written.scope(),
                written.familySecret(),
                Cells.digest(row, "g_current_secret"),
                Cells.digestOrNull(row, "g_previous_secret"),
                Cells.bytesOrNull(row, "g_sealed_successor"),
                Cells.number(row, "g_generation"),
                Cells.instantOrNull(row, "g_rotated_at"),
                Cells.flag(row, "g_replayed"),
                written.subjectEpoch(),
                written.clientEpoch(),
                written.confirmation(),
                written.sessionId(),
                written.authTime(),
                written.amr(),
                written.createdAt(),
                Cells.instant(row, "g_idle_expires_at"),
                written.expiresAt(),
                Cells.instantOrNull(row, "g_revoked_at"),
                written.claims(),
                written.consentEpoch(),
                written.access());
    }
}
