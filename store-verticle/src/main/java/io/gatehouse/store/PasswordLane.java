package io.gatehouse.store;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Few threads and a short queue for hashing passwords, so that a storm of logins slows nothing else. Whoever finds the
 * queue full is turned away at once; whoever waited too long is dropped, since nobody listens any more.
 */
public final class PasswordLane {
    /** Longer ones are never right: a hash of megabytes would be a weapon. */
    public static final int LONGEST_PASSWORD_BYTES = 1024;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Vertx vertx;
    private final PasswordHasher hasher;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor threads;

    /**
     * @param queue how many may wait beside those that are being hashed
     * @param nanoTime a monotonic clock
     */
    public PasswordLane(Vertx vertx, PasswordHasher hasher, int threads, int queue, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.hasher = hasher;
        this.nanoTime = nanoTime;
        this.threads = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), daemons());
    }

    private static ThreadFactory daemons() {
        return work -> {
            Thread thread = new Thread(work, "gatehouse-password-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * @param hash null where there is none
     * @param patience how long the asker waits
     * @return fails with {@code Throttled} where the queue is full or patience is over
     */
    public Future<Boolean> verify(Secret password, @Nullable Secret hash, Duration patience) {
        if (password.value().length() > LONGEST_PASSWORD_BYTES) {
            return Future.succeededFuture(false);
        }
        return submit(() -> hasher.matches(password, hash), patience);
    }

    /** @return fails like {@link #verify} */
    public Future<Secret> hash(Secret password, Duration patience) {
        return submit(() -> hasher.hash(password), patience);
    }

    /** How many wait. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /** What still waits is dropped. */
    public void close() {
        threads.shutdownNow();
    }

    private <T> Future<T> submit(Supplier<T> work, Duration patience) {
        Answer<T> answer = Answer.toCaller(vertx);
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        try {
            threads.execute(() -> answer.complete(run(work, deadline)));
            return answer.future();
        } catch (RejectedExecutionException noRoom) {
            return Future.failedFuture(full());
        }
    }

    private <T> Future<T> run(Supplier<T> work, long deadline) {
        if (nanoTime.getAsLong() - deadline > 0) {
            return Future.failedFuture(full());
        }
        try {
            return Future.succeededFuture(work.get());
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static OAuthFailure full() {
        return new OAuthError.Throttled(Duration.ofSeconds(1)).failure();
    }
}
