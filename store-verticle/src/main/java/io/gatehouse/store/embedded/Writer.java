package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.store.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that touches the file. It takes whatever is queued, executes it, commits once if anything was written,
 * and only then answers; it never waits for more to come.
 */
final class Writer {
    /** Longer batches would make the first of them wait for little gain. */
    private static final int MAX_BATCH = 512;

    private static final long IDLE_MILLIS = 100;

    private final Vertx vertx;
    private final ReopeningFile file;
    private final Housekeeping housekeeping;
    private final BlockingQueue<Task<?>> queue;
    private final Thread thread = new Thread(this::run, "gatehouse-store");
    private volatile @Nullable Answer<@Nullable Void> closing;
    private volatile boolean closed;

    Writer(Vertx vertx, ReopeningFile file, Housekeeping housekeeping, int capacity) {
        this.vertx = vertx;
        this.file = file;
        this.housekeeping = housekeeping;
        this.queue = new ArrayBlockingQueue<>(capacity);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Queues an operation, also one that only reads. It checks first and writes last; an exception undoes what it wrote
     * and fails its own answer only.
     *
     * @return fails with {@code Unavailable} where the queue is full or the file can't be used
     */
    <T extends @Nullable Object> Future<T> submit(Function<Tables, T> operation) {
        Task<T> task = new Task<>(operation, Answer.toCaller(vertx));
        boolean queued = closing == null && queue.offer(task);
        // Looked at after the offer: either the thread's last look at the queue saw the task, or this does.
        boolean missed = closed && queue.remove(task);
        return queued && !missed ? task.future() : Future.failedFuture(unavailable());
    }

    int waiting() {
        return queue.size();
    }

    /** Finishes what is queued, then closes the file. */
    synchronized Future<@Nullable Void> close() {
        Answer<@Nullable Void> known = closing;
        if (known != null) {
            return known.future();
        }
        Answer<@Nullable Void> answer = Answer.toCaller(vertx);
        closing = answer;
        // Wakes the thread; where there is no room, it is awake.
        boolean unused = queue.offer(new Task<>(tables -> null, Answer.toCaller(vertx)));
        return answer.future();
    }

    private void run() {
        List<Task<?>> batch = new ArrayList<>();
        while (closing == null || !queue.isEmpty()) {
            Task<?> first = next();
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, MAX_BATCH - 1);
            }
            execute(batch);
            batch.clear();
        }
        closed = true;
        queue.drainTo(batch);
        batch.forEach(task -> task.fail(unavailable()));
        file.close();
        finish();
    }

    private @Nullable Task<?> next() {
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyInterruptsThisThread) {
            return null;
        }
    }

    private void execute(List<Task<?>> batch) {
        try {
            StoreFile open = file.open();
            Tables tables = open.tables();
            batch.forEach(task -> task.execute(tables));
            housekeeping.sweep(tables);
            if (open.isClosed()) {
                throw new IllegalStateException("the file closed itself");
            }
            open.commit();
            batch.forEach(Task::tell);
            housekeeping.compact(open, batch.isEmpty());
        } catch (RuntimeException | Error e) {
            file.giveUp(e);
            batch.forEach(task -> task.fail(unavailable()));
        }
    }

    private void finish() {
        Answer<@Nullable Void> answer = closing;
        if (answer != null) {
            answer.complete(Future.succeededFuture());
        }
    }

    private static OAuthFailure unavailable() {
        return new OAuthError.Unavailable("store").failure();
    }
}
