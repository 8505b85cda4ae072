package io.gatehouse.store.pg;

import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Outcome;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Revoked;
import io.gatehouse.common.message.Grants.Rotate;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.User;
import io.gatehouse.store.Denials;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.Opening;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.Standing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class PgGrants implements GrantStore.Grants {
    static final String OPEN = """
            SELECT open_grant_2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                $21, $22, $23, $24, $25) AS outcome
            """;

    static final String ROTATE = "SELECT outcome, "
            + String.join(", ", GrantRow.COLUMNS, UserRow.COLUMNS, ClientRow.COLUMNS, DenialRow.COLUMNS)
            + " FROM rotate_grant_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::jsonb, $14, $15, $16)";

    static final String UNROTATE = """
            UPDATE grants SET current_secret = previous_secret, previous_secret = NULL, sealed_successor = NULL,
                generation = generation + 1, rotated_at = NULL, replayed = false
            WHERE expiry_day = $1 AND id = $2 AND tenant = $3 AND generation = $4
                AND previous_secret IS NOT NULL AND NOT replayed AND revoked_at IS NULL
            """;

    static final String REVOKE = "SELECT outcome, " + DenialRow.COLUMNS
            + " FROM end_grant_by_token_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    static final String FIND = "SELECT " + GrantRow.COLUMNS + """
             FROM grants g JOIN users u ON u.tenant = g.tenant AND u.subject = g.subject
            LEFT JOIN clients c ON c.tenant = $3 AND c.client_id = $4
            WHERE g.expiry_day = $1 AND g.id = $2 AND g.tenant = $3 AND g.client_id = $4
                AND g.family_secret = $5 AND g.current_secret = $6 AND grant_refusal_1(g, u, c, $7, $8) IS NULL
            """;

    private final Statements statements;
    /** JSON: from family to nanoseconds. */
    private final String idleTtls;

    private final long replayWindow;

    PgGrants(Statements statements, GrantTimes times) {
        this.statements = statements;
        this.replayWindow = Nanos.of(times.replayWindow());
        JsonObject ttls = new JsonObject();
        for (TokenFamily family : TokenFamily.values()) {
            ttls.put(family.name(), Nanos.of(times.idleEnd(family, Instant.EPOCH, Instant.MAX)));
        }
        this.idleTtls = ttls.encode();
    }

    @Override
    public Future<Opening> open(Grant grant, Instant now) {
        Tuple arguments = key(grant.tenant(), grant.id())
                .addString(ColumnText.key(grant.clientId()))
                .addBoolean(isBuiltIn(grant.tenant(), grant.clientId()))
                .addString(ColumnText.key(grant.subject()))
                .addString(grant.family().name());
        addRest(grant, arguments).addBuffer(Cells.of(grant));
        addSupports(grant, arguments).addLong(Nanos.of(now));
        return statements.one(OPEN, arguments, row -> Opening.valueOf(Cells.text(row, "outcome")));
    }

    private static Tuple addRest(Grant grant, Tuple arguments) {
        return arguments
                .addBuffer(Cells.of(grant.familySecret()))
                .addBuffer(Cells.of(grant.currentSecret()))
                .addBuffer(grant.previousSecret() == null ? null : Cells.of(grant.previousSecret()))
                .addBuffer(Cells.orNull(grant.sealedSuccessor()))
                .addLong(grant.generation())
                .addLong(Nanos.orNull(grant.rotatedAt()))
                .addBoolean(grant.replayed())
                .addLong(grant.subjectEpoch())
                .addLong(grant.clientEpoch())
                .addString(ColumnText.keyOrNull(grant.confirmation()))
                .addLong(Nanos.of(grant.idleExpiresAt()))
                .addLong(Nanos.of(grant.expiresAt()))
                .addLong(Nanos.orNull(grant.revokedAt()));
    }

    /** The last columns: what it ends with. */
    static Tuple addSupports(Grant grant, Tuple arguments) {
        SessionId session = grant.boundSession();
        return arguments
                .addInteger(session == null ? null : session.expiryDay())
                .addBuffer(session == null ? null : Cells.of(session.value()))
                .addLong(grant.consentEpoch());
    }

    /** Every column before the record. */
    static Tuple row(Grant grant) {
        Tuple row = key(grant.tenant(), grant.id())
                .addString(ColumnText.key(grant.clientId()))
                .addString(ColumnText.key(grant.subject()))
                .addString(grant.family().name());
        return addRest(grant, row);
    }

    private static Tuple key(String tenant, GrantId id) {
        return Tuple.of(id.expiryDay(), Cells.of(id.value()), ColumnText.key(tenant));
    }

    static boolean isBuiltIn(String tenant, String clientId) {
        return BuiltInClients.find(tenant, clientId) != null;
    }

    /** Whose grant it is, and which, as the functions that may end it want to know. */
    private static Tuple who(String tenant, String clientId, GrantId id) {
        return Tuple.tuple()
                .addString(ColumnText.key(tenant))
                .addString(ColumnText.key(clientId))
                .addString(ColumnText.exact(clientId))
                .addBoolean(isBuiltIn(tenant, clientId))
                .addInteger(id.expiryDay())
                .addBuffer(Cells.of(id.value()))
                .addString(id.gid());
    }

    @Override
    public Future<RotationResult> rotate(Rotate request, Instant now) {
        return statements.one(ROTATE, arguments(request, now), row -> result(row, request));
    }

    /** Of {@link #ROTATE}. */
    Tuple arguments(Rotate request, Instant now) {
        return who(request.tenant(), request.clientId(), request.grant())
                .addBuffer(Cells.of(request.familySecret()))
                .addBuffer(Cells.of(request.presented()))
                .addBuffer(Cells.of(request.successor()))
                .addBuffer(Cells.of(request.sealedSuccessor()))
                .addString(ColumnText.keyOrNull(request.confirmation()))
                .addString(idleTtls)
                .addLong(replayWindow)
                .addLong(Nanos.of(now))
                .addLong(Nanos.of(Denials.end(now)));
    }

    private static RotationResult result(Row row, Rotate request) {
        return switch (Cells.text(row, "outcome")) {
            case "ROTATED" -> new RotationResult.Rotated(standing(row, request));
            case "KEPT" -> new RotationResult.Kept(standing(row, request));
            case "REPLAYED" ->
                new RotationResult.Replayed(standing(row, request), Cells.bytes(row, "g_sealed_successor"));
            case String refusal -> new RotationResult.Refused(Refusal.valueOf(refusal), DenialRow.read(row));
        };
    }

    private static Standing standing(Row row, Rotate request) {
        User user = Objects.requireNonNull(UserRow.read(row));
        Client client = Objects.requireNonNull(ClientRow.read(row, request.tenant(), request.clientId()));
        return new Standing(GrantRow.read(row), user, client);
    }

    @Override
    public Future<Boolean> unrotate(Unrotate request) {
        Tuple arguments = key(request.tenant(), request.grant()).addLong(request.generation());
        return statements.count(UNROTATE, arguments).map(written -> written > 0);
    }

    @Override
    public Future<Revoked> revoke(Revoke request, Instant now) {
        Tuple arguments = who(request.tenant(), request.clientId(), request.grant())
                .addBuffer(Cells.of(request.familySecret()))
                .addLong(Nanos.of(now))
                .addLong(Nanos.of(Denials.end(now)));
        return statements.one(
                REVOKE,
                arguments,
                row -> new Revoked(Outcome.valueOf(Cells.text(row, "outcome")), DenialRow.read(row)));
    }

    @Override
    public Future<@Nullable Grant> find(Find request, Instant now) {
        Tuple arguments = key(request.tenant(), request.grant())
                .addString(ColumnText.key(request.clientId()))
                .addBuffer(Cells.of(request.familySecret()))
                .addBuffer(Cells.of(request.secret()))
                .addBoolean(isBuiltIn(request.tenant(), request.clientId()))
                .addLong(Nanos.of(now));
        return statements.first(FIND, arguments, GrantRow::read);
    }
}
