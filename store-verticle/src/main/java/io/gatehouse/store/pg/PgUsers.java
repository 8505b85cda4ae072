package io.gatehouse.store.pg;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.Declarations;
import io.gatehouse.store.Denials;
import io.gatehouse.store.DirectoryStore;
import io.gatehouse.store.LoginKey;
import io.gatehouse.store.LoginRows;
import io.gatehouse.store.LoginRules;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

final class PgUsers implements DirectoryStore.Users {
    private static final String FIND =
            "SELECT " + UserRow.COLUMNS + " FROM users u WHERE u.tenant = $1 AND u.subject = $2";

    private static final String NAMED = "SELECT " + UserRow.COLUMNS + """
             FROM login_keys k JOIN users u ON u.tenant = k.tenant AND u.subject = k.subject
            WHERE k.tenant = $1 AND k.kind = $2 AND k.name = $3
            """;

    private static final String LOGIN = "SELECT " + UserRow.COLUMNS + ", " + ClientRow.COLUMNS + """
             FROM tenants t
            LEFT JOIN clients c ON c.tenant = t.tenant AND c.client_id = $4
            LEFT JOIN login_keys k ON k.tenant = t.tenant AND k.kind = $2 AND k.name = $3
            LEFT JOIN users u ON u.tenant = t.tenant AND u.subject = k.subject
            WHERE t.tenant = $1
            """;

    private static final String PUT = "SELECT put_user_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS outcome";

    private static final String SET =
            "SELECT there, " + DenialRow.COLUMNS + " FROM set_user_1($1, $2, $3, $4, $5, $6, $7)";

    private final Statements statements;

    PgUsers(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<LoginRows> login(String tenant, LoginName name, String clientId) {
        Tuple arguments = named(tenant, LoginKey.of(name)).addString(ColumnText.key(clientId));
        return statements
                .<LoginRows>first(
                        LOGIN,
                        arguments,
                        row -> new LoginRows(UserRow.read(row), ClientRow.read(row, tenant, clientId)))
                .map(rows -> rows == null ? new LoginRows(null, null) : rows);
    }

    @Override
    public Future<@Nullable User> find(String tenant, String subject) {
        return statements.first(FIND, Tuple.of(ColumnText.key(tenant), ColumnText.key(subject)), UserRow::read);
    }

    @Override
    public Future<@Nullable User> named(String tenant, LoginName name) {
        return statements.first(NAMED, named(tenant, LoginKey.of(name)), UserRow::read);
    }

    private static Tuple named(String tenant, LoginKey key) {
        return Tuple.of(ColumnText.key(tenant), key.kind().name(), ColumnText.key(key.value()));
    }

    @Override
    public Future<Boolean> declare(UserProfile profile, @Nullable Secret passwordHash) {
        LoginName username = new LoginName(Kind.USERNAME, profile.username());
        return Retries.untilUndisturbed(
                "username",
                () -> named(profile.tenant(), username).compose(existing -> {
                    User next = Declarations.user(existing, profile, passwordHash);
                    return next.equals(existing) ? Future.succeededFuture(false) : put(existing, next);
                }));
    }

    private Future<@Nullable Boolean> put(@Nullable User existing, User next) {
        List<LoginKey> names = LoginKey.of(next.profile());
        Tuple arguments = Tuple.of(
                ColumnText.key(next.profile().tenant()),
                ColumnText.key(next.profile().subject()),
                existing == null ? 0 : existing.version(),
                next.profile().state().name(),
                next.epoch(),
                Nanos.orNull(next.profile().lastLoginAt()));
        arguments
                .addArrayOfString(kinds(names))
                .addArrayOfString(values(names))
                .addArrayOfBoolean(verified(names, next.profile()))
                .addBuffer(Cells.of(next));
        return statements.first(PUT, arguments, row -> switch (Cells.text(row, "outcome")) {
            case "WRITTEN" -> true;
            case "STALE" -> null;
            case "NO_TENANT" -> throw new OAuthError.NotFound("tenant").failure();
            case String taken -> throw new OAuthError.Conflict(taken.toLowerCase(Locale.ROOT)).failure();
        });
    }

    static String[] kinds(List<LoginKey> names) {
        return names.stream().map(name -> name.kind().name()).toArray(String[]::new);
    }

    static String[] values(List<LoginKey> names) {
        return names.stream().map(name -> ColumnText.key(name.value())).toArray(String[]::new);
    }

    static Boolean[] verified(List<LoginKey> names, UserProfile profile) {
        return names.stream()
                .map(name -> LoginRules.mayBeNamedBy(name.kind(), profile))
                .toArray(Boolean[]::new);
    }

    @Override
    public Future<List<SequencedDenial>> logOut(String tenant, String subject, Instant now) {
        return set(tenant, subject, null, true, now).map(DenialRow::read);
    }

    @Override
    public Future<List<SequencedDenial>> setState(String tenant, String subject, UserState state, Instant now) {
        return set(tenant, subject, state, state != UserState.ACTIVE, now).map(row -> {
            if (!Cells.flag(row, "there")) {
                throw new OAuthError.NotFound("user").failure();
            }
            return DenialRow.read(row);
        });
    }

    private Future<Row> set(String tenant, String subject, @Nullable UserState state, boolean deny, Instant now) {
        Tuple arguments = Tuple.of(
                ColumnText.key(tenant),
                ColumnText.key(subject),
                ColumnText.exact(subject),
                state == null ? null : state.name(),
                deny,
                Nanos.of(now));
        arguments.addLong(Nanos.of(Denials.end(now)));
        return statements.one(SET, arguments, row -> row);
    }
}
