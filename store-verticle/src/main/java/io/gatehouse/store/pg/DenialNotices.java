package io.gatehouse.store.pg;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes by the database that the log of denials grew, and hears it from them on a connection of its own. Nothing
 * depends on it but how soon that is known: where the server or a proxy before it does not let us listen, or a node dies
 * before it told, the log is still looked at with each heartbeat.
 */
final class DenialNotices {
    static final String CHANNEL = "gatehouse_denials";

    /** Where it stands, also right after listening began: what was committed before is not told. */
    private static final String HEAD = "SELECT last FROM denial_log";

    private static final String TELL = "SELECT pg_notify('" + CHANNEL + "', $1)";

    /**
     * Between two notices: one in each transaction that appends would cost the server a third more than the transaction does,
     * to wake every listener.
     */
    private static final Duration INTERVAL = Duration.ofMillis(25);

    private static final long NOTHING = 0;

    private static final Logger LOG = LoggerFactory.getLogger(DenialNotices.class);

    /** A connection that a firewall forgot says nothing, as one does where nothing happens. */
    static final Duration DOUBT = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Context home;
    private final Connector connector;
    private final Statements.Server server;
    private final String place;
    private final Duration doubt;
    private final AtomicLong untold = new AtomicLong(NOTHING);
    private volatile boolean over;
    private volatile @Nullable Link link;
    private volatile LongConsumer told = head -> {};
    private boolean complained;
    private Duration pause = FIRST_PAUSE;

    /**
     * @param connector for the connection that listens
     * @param server for the rest
     * @param place of the database, for people
     * @param doubt how long silence is believed
     */
    DenialNotices(Vertx vertx, Connector connector, Statements.Server server, String place, Duration doubt) {
        this.vertx = vertx;
        this.home = ((VertxInternal) vertx).createEventLoopContext();
        this.connector = connector;
        this.server = server;
        this.place = place;
        this.doubt = doubt;
    }

    /**
     * Listens from now on, and again whenever the connection is lost.
     *
     * @param listener is given the number of the last line, on any thread
     */
    void listen(LongConsumer listener) {
        told = listener;
        home.runOnContext(go -> open());
    }

    /**
     * Tells everybody soon.
     *
     * @param head the number of a line that was committed: all that is told
     */
    void tell(long head) {
        if (untold.getAndAccumulate(head, Math::max) == NOTHING) {
            home.runOnContext(go -> vertx.setTimer(INTERVAL.toMillis(), passed -> tellAll()));
        }
    }

    private void tellAll() {
        // Where that fails they find it by themselves.
        var unused = server.run(TELL, Tuple.of(Long.toString(untold.getAndSet(NOTHING))));
    }

    /** Whether the server would tell. */
    boolean isListening() {
        return link != null;
    }

    /** Ends the connection, if there is one. */
    void stop() {
        over = true;
        Link known = link;
        link = null;
        if (known != null) {
            known.sever();
        }
    }

    private void open() {
        if (!over) {
            connector.connect(home).onSuccess(this::begin).onFailure(this::complainAndRetry);
        }
    }

    private void begin(Link opened) {
        opened.onClose(() -> lost(opened));
        opened.onNotice(this::heard);
        ask(opened, "LISTEN " + CHANNEL + "; " + HEAD)
                .onSuccess(head -> {
                    link = opened;
                    pause = FIRST_PAUSE;
                    began();
                    told.accept(head);
                    ping(opened);
                })
                .onFailure(cause -> {
                    opened.sever();
                    complainAndRetry(cause);
                });
    }

    private void began() {
        if (complained) {
            LOG.info("The database {} tells of revocations again", place);
        }
        complained = false;
        if (over) {
            stop();
        }
    }

    private void heard(String payload) {
        long head;
        try {
            head = Long.parseLong(payload);
        } catch (NumberFormatException foreign) {
            // Whoever may use the database may notify.
            return;
        }
        told.accept(head);
    }

    private void ping(Link opened) {
        vertx.setTimer(doubt.toMillis(), later -> {
            if (link == opened) {
                ask(opened, HEAD)
                        .onSuccess(head -> {
                            told.accept(head);
                            ping(opened);
                        })
                        .onFailure(silent -> {
                            opened.sever();
                            lost(opened);
                        });
            }
        });
    }

    private static Future<Long> ask(Link link, String script) {
        return link.script(script)
                .timeout(Database.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .map(DenialNotices::lastNumber);
    }

    /** Of the last statement, whose rows are behind those of the others. */
    private static long lastNumber(RowSet<Row> rows) {
        RowSet<Row> last = rows;
        for (RowSet<Row> next = rows.next(); next != null; next = next.next()) {
            last = next;
        }
        return last.iterator().next().getLong(0);
    }

    private void lost(Link lost) {
        if (link == lost) {
            link = null;
            retry();
        }
    }

    private void complainAndRetry(Throwable cause) {
        if (!complained && !over) {
            complained = true;
            LOG.warn(
                    "The database {} does not tell of revocations that others write, which are found with the next heartbeat"
                            + " instead: {}",
                    place,
                    Faults.reason(cause));
        }
        retry();
    }

    private void retry() {
        if (!over) {
            long wait = pause.toMillis();
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            vertx.setTimer(wait, later -> open());
        }
    }
}
