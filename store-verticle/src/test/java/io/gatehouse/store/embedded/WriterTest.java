package io.gatehouse.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class WriterTest {
    private static final int CAPACITY = 16;

    private final AtomicLong nanos = new AtomicLong();
    private Writer writer;
    private StoreFile file;

    @BeforeEach
    void startWriter(Vertx vertx, @TempDir Path folder) {
        String name = FailingDisk.name(folder.resolve("store.mv"));
        file = new StoreFile(name);
        writer = new Writer(vertx, new ReopeningFile(name, file, nanos::get), housekeeping(), CAPACITY);
        writer.start();
    }

    static Housekeeping housekeeping() {
        return new Housekeeping(new Sweep(new DenialLog(DenialLog.Bounds.STANDARD)), new SettableClock());
    }

    @AfterEach
    void closeWriter() {
        FailingDisk.full = false;
        FailingDisk.forgetful = false;
        Await.result(writer.close());
    }

    @Test
    void submit_answersAfterTheCommitOfItsBatch() {
        try (Hold first = new Hold()) {
            Future<Void> write = put("a");
            try (Hold second = new Hold()) {
                first.release();
                second.awaitReached();
                assertThat(write.isComplete()).as("executed, and not committed").isFalse();
            }
            Await.result(write);
        }
    }

    @Test
    void submit_commitsWhatIsQueuedAtOnce() {
        Await.result(put("before"));
        long before = commits();
        List<Future<Void>> writes = new ArrayList<>();
        try (Hold hold = new Hold()) {
            hold.awaitReached();
            for (int i = 0; i < CAPACITY; i++) {
                writes.add(put("tenant " + i));
            }
        }
        Await.results(writes);
        assertThat(commits() - before).isEqualTo(1);
    }

    @Test
    void submit_commitsNothingWhereNothingWasWritten() {
        Await.result(put("a"));
        long before = commits();
        assertThat(has("a")).isTrue();
        assertThat(commits()).isEqualTo(before);
    }

    @Test
    void submit_undoesWhatAFailedOperationWrote() {
        Await.result(put("kept"));
        List<Future<?>> batch = new ArrayList<>();
        try (Hold hold = new Hold()) {
            hold.awaitReached();
            batch.add(put("before"));
            batch.add(writer.submit(tables -> {
                write(tables, "failed");
                tables.tenants.put(RowKey.of("kept"), new Tenant("kept", "overwritten", null, 9));
                tables.tenants.remove(RowKey.of("before"));
                throw new Conflict("on purpose").failure();
            }));
            batch.add(put("after"));
        }
        Await.result(batch.get(0));
        Await.fails(batch.get(1), Conflict.class);
        Await.result(batch.get(2));
        assertThat(has("before")).isTrue();
        assertThat(has("after")).isTrue();
        assertThat(has("failed")).isFalse();
        Tenant kept = Await.result(writer.submit(tables -> tables.tenants.get(RowKey.of("kept"))));
        assertThat(kept).isEqualTo(new Tenant("kept", null, null, 1));
    }

    @Test
    void submit_passesAccidentsOn() {
        assertThatThrownBy(() -> Await.result(writer.submit(tables -> Integer.parseInt("x"))))
                .isInstanceOf(NumberFormatException.class);
    }

    @Test
    void submit_turnsAwayWhatFindsTheQueueFull() {
        List<Future<Void>> queued = new ArrayList<>();
        try (Hold hold = new Hold()) {
            hold.awaitReached();
            for (int i = 0; i < CAPACITY; i++) {
                queued.add(put("tenant " + i));
            }
            Future<Void> surplus = put("surplus");
            assertThat(surplus.isComplete()).as("at once").isTrue();
            Await.fails(surplus, Unavailable.class);
        }
        Await.results(queued);
        assertThat(has("surplus")).isFalse();
    }

    @Test
    void aFullDisk_failsTheBatchAndLeavesNothing() {
        Await.result(put("before"));
        FailingDisk.full = true;
        Await.fails(put("lost"), Unavailable.class);
        Await.fails(put("lost too"), Unavailable.class);
        Await.fails(writer.submit(tables -> true), Unavailable.class);
        FailingDisk.full = false;
        Await.fails(put("lost as well"), Unavailable.class);
        nanos.addAndGet(1_000_000_000);
        assertThat(has("before")).isTrue();
        assertThat(has("lost")).isFalse();
        Await.result(put("after"));
        assertThat(has("after")).isTrue();
    }

    /** What a failed fsync left behind can't be told by looking at the file: somebody must look at the disk. */
    @Test
    void aForgetfulDisk_isNotTrustedAgain() {
        FailingDisk.forgetful = true;
        Await.fails(put("lost"), Unavailable.class);
        FailingDisk.forgetful = false;
        for (int i = 0; i < 3; i++) {
            nanos.addAndGet(1_000_000_000);
            Await.fails(put("still lost"), Unavailable.class);
        }
    }

    @Test
    void close_finishesWhatIsQueued() {
        List<Future<Void>> queued = new ArrayList<>();
        Future<?> closed;
        try (Hold hold = new Hold()) {
            hold.awaitReached();
            for (int i = 0; i < 8; i++) {
                queued.add(put("tenant " + i));
            }
            closed = writer.close();
            Await.fails(put("late"), Unavailable.class);
        }
        Await.results(queued);
        Await.result(closed);
    }

    private Future<Void> put(String tenant) {
        return writer.<Integer>submit(tables -> write(tables, tenant)).mapEmpty();
    }

    private static int write(Tables tables, String tenant) {
        tables.tenants.put(RowKey.of(tenant), new Tenant(tenant, null, null, 1));
        return 1;
    }

    private boolean has(String tenant) {
        return Await.result(writer.submit(tables -> tables.tenants.has(RowKey.of(tenant))));
    }

    private long commits() {
        return Await.result(writer.submit(tables -> file.commits()));
    }

    /** An operation that keeps the writer thread until it is closed. */
    private final class Hold implements AutoCloseable {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        Hold() {
            writer.submit(tables -> {
                reached.countDown();
                return wait(released);
            });
        }

        void awaitReached() {
            wait(reached);
        }

        private static boolean wait(CountDownLatch latch) {
            try {
                latch.await();
                return true;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void release() {
            released.countDown();
        }

        @Override
        public void close() {
            release();
        }
    }
}
