package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.store.Denials;
import io.gatehouse.store.DirectoryStore;
import io.gatehouse.store.Registration;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class PgRegistrations implements DirectoryStore.Registrations {
    private static final String ADD =
            "SELECT register_client_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS outcome";

    private static final String REPLACE = """
            UPDATE clients c SET is_public = $4, rotates = $5, scope = $6, version = version + 1, record = $7
            FROM registrations r
            WHERE c.tenant = $1 AND c.client_id = $2 AND c.version = $3 AND r.tenant = $1 AND r.client_id = $2
            """;

    private static final String REMOVE = "SELECT there, " + DenialRow.COLUMNS + """
             FROM remove_client_1($1, $2, $3, $4, $5, $6)
            """;

    /** Twice in a day it finds nothing to write. */
    private static final String NOTICE = """
            UPDATE registrations SET used_at = $3::bigint, expires_at = $3::bigint + life + $4::bigint
            WHERE tenant = $1 AND client_id = $2 AND used_at <= $3::bigint - $4::bigint
            """;

    private final Statements statements;

    PgRegistrations(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Boolean> add(Client client, Duration unusedLife, long most, Instant now) {
        Instant end = new Registration(client.tenant(), client.clientId(), unusedLife, now).end();
        Tuple arguments = Tuple.of(
                        ColumnText.key(client.tenant()),
                        ColumnText.key(client.clientId()),
                        client.isPublic(),
                        client.rotatesRefreshTokens(),
                        client.scope().values().toArray(String[]::new),
                        client.epoch())
                .addBuffer(Cells.of(client))
                .addLong(most)
                .addLong(Nanos.of(unusedLife))
                .addLong(Nanos.of(now))
                .addLong(Nanos.of(end));
        return statements.one(ADD, arguments, row -> switch (Cells.text(row, "outcome")) {
            case "WRITTEN" -> true;
            case "FULL" -> false;
            case "NO_TENANT" -> throw new OAuthError.NotFound("tenant").failure();
            default -> throw new OAuthError.Conflict("client_id").failure();
        });
    }

    @Override
    public Future<Boolean> replace(Client client) {
        Tuple arguments = Tuple.of(
                        ColumnText.key(client.tenant()),
                        ColumnText.key(client.clientId()),
                        client.version() - 1,
                        client.isPublic(),
                        client.rotatesRefreshTokens(),
                        client.scope().values().toArray(String[]::new))
                .addBuffer(Cells.of(client));
        return statements.count(REPLACE, arguments).map(written -> written == 1);
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> remove(String tenant, String clientId, long version, Instant now) {
        Tuple arguments = Tuple.of(
                ColumnText.key(tenant),
                ColumnText.key(clientId),
                ColumnText.exact(clientId),
                version,
                Nanos.of(now),
                Nanos.of(Denials.end(now)));
        return statements.<List<SequencedDenial>>first(
                REMOVE, arguments, row -> Cells.flag(row, "there") ? DenialRow.read(row) : null);
    }

    @Override
    public Future<Void> notice(String tenant, String clientId, Instant now) {
        Tuple arguments =
                Tuple.of(ColumnText.key(tenant), ColumnText.key(clientId), Nanos.of(now), Nanos.of(Registration.GRAIN));
        return statements.count(NOTICE, arguments).mapEmpty();
    }
}
