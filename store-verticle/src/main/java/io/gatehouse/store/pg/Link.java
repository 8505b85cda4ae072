package io.gatehouse.store.pg;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One open connection. */
final class Link {
    private final Wire wire;
    private final ConnectionFactory<PgConnectOptions> factory;
    private final PgConnection connection;

    Link(Wire wire, ConnectionFactory<PgConnectOptions> factory, PgConnection connection) {
        this.wire = wire;
        this.factory = factory;
        this.connection = connection;
        // What ends a connection fails what is under way on it; without handlers the driver prints it.
        connection.exceptionHandler(toldToCallers -> {}).noticeHandler(nobodyAsked -> {});
    }

    /** Prepared once per connection and text, and sent without waiting for the answers of earlier ones. */
    Future<RowSet<Row>> run(String sql, Tuple arguments) {
        return connection.preparedQuery(sql).execute(arguments);
    }

    /** As often as there are arguments, without waiting in between. */
    Future<RowSet<Row>> batch(String sql, List<Tuple> arguments) {
        return connection.preparedQuery(sql).executeBatch(arguments);
    }

    /** One or more statements in a text, without arguments. */
    Future<RowSet<Row>> script(String sql) {
        return connection.query(sql).execute();
    }

    /** To be called once the server or the network has ended it. */
    void onClose(Runnable handler) {
        connection.closeHandler(closed -> handler.run());
    }

    /** What the server tells of channels that this connection listens to. */
    void onNotice(Consumer<String> handler) {
        connection.notificationHandler(notice -> handler.accept(notice.getPayload()));
    }

    /** Says goodbye; for a connection with nothing under way. */
    Future<Void> close() {
        return connection.close().timeout(1, TimeUnit.SECONDS).otherwiseEmpty().onComplete(done -> sever());
    }

    /** Ends it whatever the other side does; what is under way fails. */
    void sever() {
        wire.sever();
        factory.close((done, failed) -> {});
    }
}
