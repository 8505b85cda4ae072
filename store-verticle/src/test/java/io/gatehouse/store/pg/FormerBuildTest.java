package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.Denials;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.SessionCodeSamples;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node of the build that knew no sessions, on a database whose schema goes on under it. */
class FormerBuildTest extends PgCase {
    private static final int FORMER_STEPS = 7;
    /** Enough for general plans. */
    private static final int OFTEN = 8;

    private static final String OPEN = """
            SELECT open_grant_1($1, $2, $3, $4, false, $5, 'OAUTH', $6, $7, NULL, NULL, 0, NULL, false, 0, 0, NULL, $8, $8,
                NULL, $9, $10) AS outcome
            """;

    private static final String TAKE =
            "SELECT outcome, (k).record AS record FROM take_code_1($1, $2, $2, false, $3, $4, $5, NULL, $6, $7, $8)";

    private String formerUri;
    private Database database;
    private Statements statements;
    private PgGrants grants;

    @BeforeEach
    void openFormerDatabase() {
        formerUri = PostgresServer.shared().uri("former");
        StoreConfig config = config(formerUri);
        Await.result(
                Migrations.apply(vertx, config.postgres(), () -> Migration.all().subList(0, FORMER_STEPS)));
        database = Await.result(Database.open(vertx, config));
        statements = new Statements(
                database::run, new Partitions(database::run, clock, Duration.ofDays(30), Duration.ofDays(7)));
        grants = new PgGrants(statements, Samples.TIMES);
        Await.result(PgIdentity.establish(database::run, false, "here"));
        for (String table : List.of("codes", "spent")) {
            Await.result(database.run("SELECT make_partition_1($1, $2)", Tuple.of(table, Nanos.day(now()))));
        }
        Await.result(new PgClients(statements).declare(Samples.client("web")));
        Await.result(new PgUsers(statements).declare(Samples.ada(), Samples.HASH));
    }

    @AfterEach
    void dropFormerDatabase() {
        Await.result(database.close());
        drop(formerUri);
    }

    @Test
    void goesOn_whileTheSchemaChanges() {
        Grant before = work();
        for (int i = 0; i < OFTEN; i++) {
            work();
        }
        assertThat(Await.result(Migrations.apply(vertx, config(formerUri))).applied())
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(Await.result(grants.rotate(Samples.rotate(before, 1), now())))
                .isInstanceOf(RotationResult.Rotated.class);
        for (int i = 0; i < OFTEN; i++) {
            work();
        }
    }

    /** A grant that is opened, refreshed and looked at, and a code that is taken. */
    private Grant work() {
        Grant grant = Samples.grant("web");
        assertThat(open(grant)).isEqualTo("OPENED");
        assertThat(open(grant)).isEqualTo("EXISTS");
        assertThat(Await.result(grants.rotate(Samples.rotate(grant, 0), now())))
                .isInstanceOf(RotationResult.Rotated.class);
        Find find = new Find(Tenant.MAIN, "web", grant.id(), Samples.FAMILY, Samples.secret(1));
        assertThat(Await.result(grants.find(find, now()))).isNotNull();
        CodeOrder order = order(Digest.of(grant.id().value()));
        Await.result(codes().put(order, now()));
        Take take = new Take(Tenant.MAIN, "web", order.id(), null, null);
        assertThat(take(take)).isEqualTo("REDEEMED");
        assertThat(take(take)).isEqualTo("REPLAYED");
        return grant;
    }

    private PgCodes codes() {
        return new PgCodes(statements, new PgSessionCodes(statements, Samples.TIMES.sessions()));
    }

    private String open(Grant grant) {
        Tuple arguments = Tuple.tuple()
                .addInteger(grant.id().expiryDay())
                .addBuffer(Cells.of(grant.id().value()))
                .addString(grant.tenant())
                .addString(grant.clientId())
                .addString(grant.subject())
                .addBuffer(Cells.of(grant.familySecret()))
                .addBuffer(Cells.of(grant.currentSecret()))
                .addLong(Nanos.of(grant.expiresAt()))
                .addBuffer(Cells.of(grant))
                .addLong(Nanos.of(now()));
        return Await.result(statements.one(OPEN, arguments, row -> row.getString("outcome")));
    }

    private String take(Take take) {
        Tuple arguments = Tuple.tuple()
                .addString(take.tenant())
                .addString(take.clientId())
                .addInteger(take.code().expiryDay())
                .addBuffer(Cells.of(take.code().digest()))
                .addString(take.redirectUri())
                .addLong(Nanos.of(CodeRules.TOMBSTONE))
                .addLong(Nanos.of(now()))
                .addLong(Nanos.of(Denials.end(now())));
        return Await.result(statements.one(TAKE, arguments, row -> row.getString("outcome")));
    }

    /** It would open grants that no session ends. */
    @Test
    void knowsNoCodesOfSessions_andSpendsNone() {
        Await.result(Migrations.apply(vertx, config(formerUri)));
        PgSessions sessions = new PgSessions(statements);
        Session session = login("cookie");
        Await.result(sessions.begin(session, null, now()));
        SessionCodeOrder order = SessionCodeSamples.order(session, "web", Consenting.GIVEN, now());
        assertThat(Await.result(codes().put(order, now()))).isInstanceOf(SessionPutting.Stored.class);
        assertThat(take(SessionCodeSamples.take(order))).isEqualTo("UNKNOWN");
        assertThat(take(SessionCodeSamples.take(order))).isEqualTo("UNKNOWN");
        assertThat(Await.result(codes().take(SessionCodeSamples.take(order), now())))
                .isInstanceOf(CodeResult.Redeemed.class);
    }
}
