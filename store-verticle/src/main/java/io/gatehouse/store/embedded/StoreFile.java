package io.gatehouse.store.embedded;

import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The open file: committing, compacting, closing. For the writer thread only. */
final class StoreFile {
    /** Rows are a few hundred bytes: smaller pages than MVStore's 16 KB write less again for each changed row. */
    private static final int PAGE_BYTES = 4096;

    private static final int CACHE_MEGABYTES = 8;
    /** What one step may write: about 10 ms. */
    private static final int REWRITE_BYTES = 1 << 20;
    /** With less MVStore moves chunks to and fro. */
    private static final int MOVE_BYTES = 4 << 20;
    /** Not worth the work below. */
    private static final long SMALL_FILE_BYTES = 4L << 20;

    private final MVStore store;
    private final CheckedFileStore space;
    private final Tables tables;
    private boolean lostWrites;
    private long commits;

    /** @throws MVStoreException where the file is locked, damaged or of a newer kind */
    StoreFile(String name) {
        space = new CheckedFileStore(PAGE_BYTES, CACHE_MEGABYTES);
        space.open(name, false, null);
        store = new MVStore.Builder()
                .adoptFileStore(space)
                .autoCommitDisabled()
                // Else a batch of many writes would be committed in the midst of an operation.
                .autoCommitBufferSize(0)
                .open();
        // Nobody reads old versions; and since each commit is forced to disk before the next one, a chunk that the last
        // commit does not need may be overwritten at once.
        store.setVersionsToKeep(0);
        store.setRetentionTime(0);
        tables = new Tables(store);
    }

    Tables tables() {
        return tables;
    }

    /**
     * What was written is on disk when this returns.
     *
     * @throws MVStoreException where it is not
     */
    void commit() {
        if (tables.undo.wrote()) {
            store.commit();
            force();
            tables.undo.committed();
            commits++;
        }
    }

    private void force() {
        try {
            store.sync();
        } catch (MVStoreException e) {
            lostWrites = true;
            throw e;
        }
    }

    /** MVStore closes itself when reading or writing fails. */
    boolean isClosed() {
        return store.isClosed();
    }

    /** The disk refused to keep what it had taken: what the file shows now can't be relied upon. */
    boolean lostWrites() {
        return lostWrites;
    }

    /**
     * Writes some live rows of sparse chunks again, so that the chunks become free.
     *
     * @param fill leave the file alone where at least so many percent of its chunks are live
     * @return whether there was something to do
     */
    boolean rewrite(int fill) {
        boolean rewrote = bytes() >= SMALL_FILE_BYTES && store.compact(fill, REWRITE_BYTES);
        if (rewrote) {
            store.commit();
            force();
        }
        return rewrote;
    }

    /**
     * Moves some chunks to the front, so that the file can end sooner.
     *
     * @param fill leave the file alone where at least so many percent of it are chunks
     * @return whether there was something to do
     */
    boolean moveTogether(int fill) {
        boolean scattered = bytes() >= SMALL_FILE_BYTES && space.getFillRate() < fill;
        if (scattered) {
            space.compactMoveChunks(fill, MOVE_BYTES, store);
        }
        return scattered;
    }

    /** Since it was opened. */
    long commits() {
        return commits;
    }

    long bytes() {
        return space.size();
    }

    void close() {
        store.close();
    }

    /** Forgets what is not committed. */
    void abandon() {
        store.closeImmediately();
    }
}
