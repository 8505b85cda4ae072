package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.store.Declarations;
import io.gatehouse.store.Denials;
import io.gatehouse.store.DirectoryStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class PgClients implements DirectoryStore.Clients {
    private static final String FIND = "SELECT " + ClientRow.COLUMNS + """
             FROM tenants t LEFT JOIN clients c ON c.tenant = t.tenant AND c.client_id = $2
            WHERE t.tenant = $1
            """;

    private static final String PUT = "SELECT put_client_1($1, $2, $3, $4, $5, $6, $7, $8, $9) AS outcome";

    private static final String DISABLE = "SELECT there, " + DenialRow.COLUMNS + """
             FROM disable_client_1($1, $2, $3, $4, $5, $6)
            """;

    private final Statements statements;

    PgClients(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<@Nullable Client> find(String tenant, String clientId) {
        return statements.first(
                FIND,
                Tuple.of(ColumnText.key(tenant), ColumnText.key(clientId)),
                row -> ClientRow.read(row, tenant, clientId));
    }

    @Override
    public Future<Boolean> declare(Client client) {
        return Retries.untilUndisturbed(
                "client_id",
                () -> stored(client).compose(existing -> {
                    Client next = Declarations.client(existing, client);
                    return next.equals(existing) ? Future.succeededFuture(false) : put(existing, next);
                }));
    }

    /** A built-in client without a row is none here, as for whoever declares it. */
    private Future<@Nullable Client> stored(Client client) {
        return statements.first(
                FIND,
                Tuple.of(ColumnText.key(client.tenant()), ColumnText.key(client.clientId())),
                row -> row.getBuffer("c_record") == null
                        ? null
                        : ClientRow.read(row, client.tenant(), client.clientId()));
    }

    private Future<@Nullable Boolean> put(@Nullable Client existing, Client next) {
        Tuple arguments = Tuple.of(
                ColumnText.key(next.tenant()),
                ColumnText.key(next.clientId()),
                existing == null ? 0 : existing.version(),
                next.isPublic(),
                next.rotatesRefreshTokens(),
                next.scope().values().toArray(String[]::new));
        arguments.addBoolean(next.disabled()).addLong(next.epoch()).addBuffer(Cells.of(next));
        return statements.first(PUT, arguments, row -> switch (Cells.text(row, "outcome")) {
            case "WRITTEN" -> true;
            case "STALE" -> null;
            case "NO_TENANT" -> throw new OAuthError.NotFound("tenant").failure();
            default -> throw new OAuthError.Conflict("client_id").failure();
        });
    }

    @Override
    public Future<List<SequencedDenial>> disable(String tenant, String clientId, Instant now) {
        Client builtIn = BuiltInClients.find(tenant, clientId);
        Tuple arguments = Tuple.of(
                ColumnText.key(tenant),
                ColumnText.key(clientId),
                ColumnText.exact(clientId),
                builtIn == null ? null : Cells.of(builtIn),
                Nanos.of(now),
                Nanos.of(Denials.end(now)));
        return statements.one(DISABLE, arguments, PgClients::disabled);
    }

    private static List<SequencedDenial> disabled(Row row) {
        if (!Cells.flag(row, "there")) {
            throw new OAuthError.NotFound("client").failure();
        }
        return DenialRow.read(row);
    }
}
