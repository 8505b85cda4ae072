package io.gatehouse.store.pg;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.store.LoginKey;
import io.gatehouse.store.Registration;
import io.gatehouse.store.pg.CopyTable.Column;
import io.gatehouse.store.pg.CopyTable.KeyColumn;
import io.gatehouse.store.pg.CopyTable.Sql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;

/** What stays until somebody removes it, for a copy. */
final class CopySql {
    private CopySql() {}

    /** The main tenant is there already, as a new database has it. */
    static final Sql<Tenant> TENANTS = new Sql<>(
            "tenants",
            "tenants t",
            List.of(new KeyColumn("t.tenant", Column.TEXT)),
            "t.version, t.record",
            PgTenants::read,
            """
            INSERT INTO tenants VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant) DO UPDATE SET apikey = EXCLUDED.apikey, administrator = EXCLUDED.administrator,
                version = EXCLUDED.version, record = EXCLUDED.record
            """,
            CopySql::tenant,
            null);

    static final Sql<Client> CLIENTS = new Sql<>(
            "clients",
            "clients c",
            List.of(new KeyColumn("c.tenant", Column.TEXT), new KeyColumn("c.client_id", Column.TEXT)),
            ClientRow.COLUMNS,
            ClientRow::stored,
            """
            WITH p AS (INSERT INTO principals SELECT $1, $2, 'client' WHERE NOT $10::boolean ON CONFLICT DO NOTHING)
            INSERT INTO clients VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
            """,
            CopySql::client,
            null);

    static final Sql<User> USERS = new Sql<>(
            "users",
            "users u",
            List.of(new KeyColumn("u.tenant", Column.TEXT), new KeyColumn("u.subject", Column.TEXT)),
            UserRow.COLUMNS,
            row -> Objects.requireNonNull(UserRow.read(row)),
            """
            WITH p AS (INSERT INTO principals VALUES ($1, $2, 'user') ON CONFLICT DO NOTHING),
            k AS (INSERT INTO login_keys SELECT $1, kind, name, $2, verified
                FROM unnest($8::text[], $9::text[], $10::boolean[]) AS x (kind, name, verified)
                ON CONFLICT DO NOTHING)
            INSERT INTO users VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
            """,
            CopySql::user,
            null);

    static final Sql<JwtApp> JWT_APPS = new Sql<>(
            "jwt_apps",
            "jwt_apps a",
            List.of(new KeyColumn("a.tenant", Column.TEXT), new KeyColumn("a.name", Column.TEXT)),
            "a.version, a.record",
            PgJwtApps::read,
            "INSERT INTO jwt_apps VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            CopySql::jwtApp,
            null);

    static final Sql<SealedKeySet> KEY_SETS = new Sql<>(
            "key_sets",
            "key_sets s",
            List.of(new KeyColumn("s.tenant", Column.TEXT)),
            "s.version, s.record",
            PgKeys::read,
            "INSERT INTO key_sets VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            keys -> Tuple.of(ColumnText.key(keys.tenant()), keys.version(), Cells.of(keys)),
            null);

    /** The client, which is copied before, spells its id: too long a one is not in the row. */
    static final Sql<Registration> REGISTRATIONS = new Sql<>(
            "registrations",
            "registrations r JOIN clients c ON c.tenant = r.tenant AND c.client_id = r.client_id",
            List.of(new KeyColumn("r.tenant", Column.TEXT), new KeyColumn("r.client_id", Column.TEXT)),
            "r.life AS life, r.used_at AS used_at, " + ClientRow.COLUMNS,
            CopySql::registration,
            "INSERT INTO registrations VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            CopySql::registration,
            null);

    static final Sql<SecondFactor> SECOND_FACTORS = new Sql<>(
            "second_factors",
            "second_factors f",
            List.of(new KeyColumn("f.tenant", Column.TEXT), new KeyColumn("f.subject", Column.TEXT)),
            PgSecondFactors.COLUMNS,
            PgSecondFactors::read,
            "INSERT INTO second_factors VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            factor -> PgSecondFactors.of(
                    Tuple.of(ColumnText.key(factor.tenant()), ColumnText.key(factor.subject())), factor),
            null);

    private static Registration registration(Row row) {
        Client client = ClientRow.stored(row);
        return new Registration(
                client.tenant(),
                client.clientId(),
                Nanos.duration(Cells.number(row, "life")),
                Cells.instant(row, "used_at"));
    }

    private static Tuple registration(Registration registration) {
        return Tuple.of(
                ColumnText.key(registration.tenant()),
                ColumnText.key(registration.clientId()),
                Nanos.of(registration.unusedLife()),
                Nanos.of(registration.usedAt()),
                Nanos.of(registration.end()));
    }

    private static Tuple tenant(Tenant tenant) {
        return Tuple.of(
                ColumnText.key(tenant.id()),
                ColumnText.keyOrNull(tenant.apikey()),
                PgTenants.loginKey(tenant.administrator()),
                tenant.version(),
                Cells.of(tenant.withVersion(0)));
    }

    private static Tuple client(Client client) {
        return Tuple.tuple()
                .addString(ColumnText.key(client.tenant()))
                .addString(ColumnText.key(client.clientId()))
                .addBoolean(client.isPublic())
                .addBoolean(client.rotatesRefreshTokens())
                .addArrayOfString(client.scope().values().toArray(String[]::new))
                .addBoolean(client.disabled())
                .addLong(client.epoch())
                .addLong(client.version())
                .addBuffer(Cells.of(client))
                .addBoolean(PgGrants.isBuiltIn(client.tenant(), client.clientId()));
    }

    private static Tuple user(User user) {
        UserProfile profile = user.profile();
        List<LoginKey> names = LoginKey.of(profile);
        return Tuple.tuple()
                .addString(ColumnText.key(profile.tenant()))
                .addString(ColumnText.key(profile.subject()))
                .addString(profile.state().name())
                .addLong(user.epoch())
                .addLong(user.version())
                .addLong(Nanos.orNull(profile.lastLoginAt()))
                .addBuffer(Cells.of(user))
                .addArrayOfString(PgUsers.kinds(names))
                .addArrayOfString(PgUsers.values(names))
                .addArrayOfBoolean(PgUsers.verified(names, profile));
    }

    private static Tuple jwtApp(JwtApp app) {
        return Tuple.of(
                ColumnText.key(app.tenant()),
                ColumnText.key(app.name()),
                PgJwtApps.audiences(app),
                app.version(),
                Cells.of(app));
    }
}
