package io.gatehouse.store.pg;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.User;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.copy.SpentValue;
import io.gatehouse.store.pg.CopyTable.Column;
import io.gatehouse.store.pg.CopyTable.KeyColumn;
import io.gatehouse.store.pg.CopyTable.Sql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/** What expires by itself, for a copy. Also expired rows are copied: the first sweep removes them there. */
final class CopyExpiringSql {
    private CopyExpiringSql() {}

    static final Sql<Grant> GRANTS = new Sql<>(
            "grants",
            "grants g",
            List.of(
                    new KeyColumn("g.expiry_day", Column.DAY),
                    new KeyColumn("g.id", Column.BYTES),
                    new KeyColumn("g.tenant", Column.TEXT)),
            EndedGrantRow.COLUMNS + ", " + GrantRow.COLUMNS,
            row -> row.getBuffer("g_record") == null ? EndedGrantRow.read(row) : GrantRow.read(row),
            """
            INSERT INTO grants VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20, $21, $22, $23) ON CONFLICT DO NOTHING
            """,
            CopyExpiringSql::grant,
            grant -> grant.id().expiryDay());

    static final Sql<AuthorizationCode> CODES = new Sql<>(
            "codes",
            "codes k LEFT JOIN users u ON u.tenant = k.tenant AND u.subject = k.subject",
            List.of(
                    new KeyColumn("k.expiry_day", Column.DAY),
                    new KeyColumn("k.digest", Column.BYTES),
                    new KeyColumn("k.tenant", Column.TEXT)),
            "k.subject AS k_subject, k.taken_at AS k_taken_at, u.record AS u_record, " + CodeRow.COLUMNS,
            CopyExpiringSql::code,
            """
            INSERT INTO codes VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20, $21) ON CONFLICT DO NOTHING
            """,
            CopyExpiringSql::code,
            code -> code.id().expiryDay());

    static final Sql<SpentValue> SPENT = new Sql<>(
            "spent",
            "spent s LEFT JOIN clients c ON c.tenant = s.tenant AND c.client_id = s.client_id",
            List.of(
                    new KeyColumn("s.expiry_day", Column.DAY),
                    new KeyColumn("s.digest", Column.BYTES),
                    new KeyColumn("s.tenant", Column.TEXT),
                    new KeyColumn("s.client_id", Column.TEXT),
                    new KeyColumn("s.kind", Column.TEXT)),
            "s.kind, s.tenant, s.client_id, s.digest, s.expires_at, " + ClientRow.COLUMNS,
            CopyExpiringSql::spent,
            "INSERT INTO spent VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            CopyExpiringSql::spent,
            value -> Nanos.day(value.until()));

    static final Sql<SequencedDenial> DENIALS = new Sql<>(
            "denials",
            "denials d",
            List.of(new KeyColumn("d.sequence", Column.NUMBER)),
            DenialRow.COLUMNS,
            DenialRow::line,
            """
            INSERT INTO denials SELECT $1::bigint, d.id, d.tenant, d.kind, d.key, d.epoch, d.client_id, d.client, d.expires_at,
                d.gid
            FROM denial_1($2, $3, $4, $5, $6, $7, $8, $9) d ON CONFLICT DO NOTHING
            """,
            CopyExpiringSql::denial,
            null);

    private static Tuple grant(Grant grant) {
        Tuple row = PgGrants.row(grant).addBuffer(CodeRules.endedBeforeItsWrite(grant) ? null : Cells.of(grant));
        return PgGrants.addSupports(grant, row);
    }

    private static AuthorizationCode code(Row row) {
        String subject = row.getBuffer("u_record") == null
                ? ColumnText.read(Cells.text(row, "k_subject"))
                : Cells.record(row, "u_record", User.class).profile().subject();
        AuthorizationCode code = CodeRow.read(row, subject);
        Instant taken = Cells.instantOrNull(row, "k_taken_at");
        return taken == null ? code : code.taken(taken);
    }

    /** What is found out by a put stands in the record here: two last columns stay empty. */
    private static Tuple code(AuthorizationCode code) {
        SessionId session = code.sessionId() == null ? null : SessionId.parse(code.sessionId());
        return Tuple.tuple()
                .addInteger(code.id().expiryDay())
                .addBuffer(Cells.of(code.id().digest()))
                .addString(ColumnText.key(code.tenant()))
                .addString(ColumnText.key(code.clientId()))
                .addString(ColumnText.key(code.subject()))
                .addString(code.family().name())
                .addArrayOfString(code.scope().values().toArray(String[]::new))
                .addInteger(code.grant().expiryDay())
                .addBuffer(Cells.of(code.grant().value()))
                .addString(code.grant().gid())
                .addLong(Nanos.of(code.grantExpiresAt()))
                .addLong(code.subjectEpoch())
                .addLong(code.clientEpoch())
                .addString(ColumnText.keyOrNull(code.redirectUri()))
                .addString(ColumnText.keyOrNull(code.codeChallenge()))
                .addLong(Nanos.of(code.expiresAt()))
                .addLong(Nanos.orNull(code.takenAt()))
                .addBuffer(Cells.of(code))
                .addInteger(session == null ? null : session.expiryDay())
                .addBuffer(session == null ? null : Cells.of(session.value()))
                .addLong(code.consentEpoch());
    }

    /** As exact as the other back end keeps it, which never moves it to another day. */
    private static SpentValue spent(Row row) {
        String clientId = row.getBuffer("c_record") == null
                ? ColumnText.read(Cells.text(row, "client_id"))
                : ClientRow.stored(row).clientId();
        return new SpentValue(
                Cells.text(row, "kind"),
                ColumnText.read(Cells.text(row, "tenant")),
                clientId,
                Cells.digest(row, "digest"),
                Instant.ofEpochMilli(Cells.instant(row, "expires_at").toEpochMilli()));
    }

    private static Tuple spent(SpentValue value) {
        return Tuple.of(
                Nanos.day(value.until()),
                Cells.of(value.value()),
                ColumnText.key(value.tenant()),
                ColumnText.key(value.clientId()),
                value.kind(),
                Nanos.of(value.until()));
    }

    private static Tuple denial(SequencedDenial line) {
        Denial denial = line.denial();
        return Tuple.tuple()
                .addLong(line.sequence())
                .addString(ColumnText.key(denial.tenant()))
                .addString(denial.kind().name())
                .addString(ColumnText.exact(denial.key()))
                .addLong(denial.epoch())
                .addString(ColumnText.exact(denial.clientId()))
                .addString(ColumnText.key(denial.clientId()))
                .addLong(Nanos.of(denial.expiresAt()))
                .addString(ColumnText.keyOrNull(denial.gid()));
    }
}
