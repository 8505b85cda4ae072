package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import java.util.function.LongSupplier;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file, opened again after a commit failed (a full disk, say), so that what the failed batch wrote is forgotten and
 * the store recovers by itself. For the writer thread only.
 */
final class ReopeningFile {
    private static final Logger LOG = LoggerFactory.getLogger(ReopeningFile.class);
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final String name;
    private final LongSupplier nanoTime;
    private @Nullable StoreFile file;
    private boolean lost;
    private long failedAt;

    /** @param nanoTime a monotonic clock */
    ReopeningFile(String name, StoreFile file, LongSupplier nanoTime) {
        this.name = name;
        this.nanoTime = nanoTime;
        this.file = file;
    }

    /** @throws OAuthFailure {@code Unavailable} while it can't be opened */
    StoreFile open() {
        StoreFile open = file;
        if (open == null) {
            open = reopen();
            file = open;
        }
        return open;
    }

    private StoreFile reopen() {
        if (lost || nanoTime.getAsLong() - failedAt < RETRY_NANOS) {
            throw new OAuthError.Unavailable("store").failure();
        }
        try {
            StoreFile open = new StoreFile(name);
            LOG.info("The store's file is open again");
            return open;
        } catch (MVStoreException e) {
            failedAt = nanoTime.getAsLong();
            LOG.warn("The store's file still can't be used: {}", e.getMessage());
            throw new OAuthError.Unavailable("store").failure();
        }
    }

    /** Forgets what was not committed. */
    void giveUp(Throwable cause) {
        if (cause instanceof OAuthFailure) {
            // It was not open: nothing new.
            return;
        }
        StoreFile failed = file;
        file = null;
        failedAt = nanoTime.getAsLong();
        if (failed != null) {
            lost = failed.lostWrites();
            failed.abandon();
        }
        LOG.error(
                lost
                        ? "The disk lost what was written to the store's file: check the disk, then start again"
                        : "The store's file can't be used; trying again each second",
                cause);
    }

    void close() {
        StoreFile open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (MVStoreException e) {
                LOG.error("The store's file could not be closed; all that was answered is in it", e);
            }
        }
    }
}
