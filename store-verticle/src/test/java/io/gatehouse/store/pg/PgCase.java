package io.gatehouse.store.pg;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.User;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.Opening;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SettableClock;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes on one fresh database, with a client {@code web} and a user Ada, and a look behind them. */
@ExtendWith(VertxExtension.class)
abstract class PgCase {
    final SettableClock clock = new SettableClock();
    Vertx vertx;
    String uri;
    PgStore store;
    Database behind;
    private final List<PgStore> nodes = new ArrayList<>();

    @BeforeEach
    void openFirstNode(Vertx ofTheTest) {
        vertx = ofTheTest;
        uri = PostgresServer.shared().uri("pg");
        store = node(Samples.TIMES, server -> server);
        behind = Await.result(Database.open(vertx, config(uri)));
        Await.result(store.clients().declare(Samples.client("web")));
        Await.result(store.users().declare(Samples.ada(), Samples.HASH));
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(node -> Await.result(node.close()));
        Await.result(behind.close());
        drop(uri);
    }

    /** Each further database would only fill the disk. */
    static void drop(String uri) {
        PostgresServer.shared().execute("DROP DATABASE " + uri.substring(uri.lastIndexOf('/') + 1) + " WITH (FORCE)");
    }

    static StoreConfig config(String uri) {
        return new StoreConfig(StoreConfig.Kind.POSTGRES, Path.of("unused"), 4096, SecretValue.of(uri), 8, true);
    }

    PgStore node(GrantTimes times, UnaryOperator<Statements.Server> tap) {
        PgStore node = Await.result(new PgOpening(vertx, config(uri), times, false, clock, tap).run());
        nodes.add(node);
        return node;
    }

    Instant now() {
        return clock.instant();
    }

    Row row(String sql, Object... arguments) {
        return rows(sql, arguments).getFirst();
    }

    List<Row> rows(String sql, Object... arguments) {
        List<Row> rows = new ArrayList<>();
        Await.result(behind.run(sql, Tuple.from(arguments))).forEach(rows::add);
        return rows;
    }

    /** The one number that a query gives. */
    long number(String sql) {
        return row(sql).getLong(0);
    }

    Grant openGrant() {
        Grant grant = Samples.grant("web");
        Opening opening = Await.result(store.grants().open(grant, now()));
        if (opening != Opening.OPENED) {
            throw new AssertionError(opening);
        }
        return grant;
    }

    /** A login of Ada's in a browser that has no session; nothing is written. */
    Session login(String cookie) {
        User ada = Await.result(store.users().find(Tenant.MAIN, Samples.ADA));
        return Samples.TIMES.sessions().begin(ada, Digest.of(cookie), "a browser", now());
    }

    /** A session of Ada's, to which clients listen. */
    Session openSession(String cookie, String... listeners) {
        Session session = login(cookie);
        for (String listener : listeners) {
            session = session.heardBy(listener);
        }
        return Await.result(store.sessions().begin(session, null, now())).session();
    }

    static SessionProof proof(Session session) {
        return new SessionProof(session.id(), session.secret());
    }

    /** A code for Ada. */
    CodeOrder order(@Nullable Digest jwt) {
        ClientJwtStatement statement = new ClientJwtStatement(
                Tenant.MAIN,
                "web",
                0,
                TokenFamily.OAUTH,
                new LoginName(LoginName.Kind.USERNAME, "ada"),
                jwt,
                now().plusSeconds(360),
                now(),
                now().plusSeconds(5));
        Instant end = now().plus(Duration.ofMinutes(5));
        Instant grantEnd = Samples.TIMES.end(TokenFamily.OAUTH, now());
        return new CodeOrder(statement, CodeId.make(end).id(), end, GrantId.expiring(grantEnd), grantEnd);
    }

    List<SequencedDenial> log() {
        return Await.result(store.revocations().read(new Read(0, 5_000), now())).denials();
    }
}
