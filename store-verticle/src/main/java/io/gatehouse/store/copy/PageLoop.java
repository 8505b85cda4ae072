package io.gatehouse.store.copy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies the rows of one kind, page by page, and notes in the copy how far it is. Futures that wait for one another would
 * grow with the number of pages: here each page starts the next.
 */
final class PageLoop<T extends Record> {
    private final Copyable target;
    private final Kind<T> kind;
    private final Rows<T> from;
    private final Rows<T> to;
    private final int page;
    private final CopyProgress progress;
    private final long rows;
    private final Promise<Void> promise = Promise.promise();
    private long done;

    /** @param rows that there are */
    PageLoop(Copyable source, Copyable target, Kind<T> kind, int page, CopyProgress progress, long rows) {
        this.target = target;
        this.kind = kind;
        this.from = kind.of().apply(source);
        this.to = kind.of().apply(target);
        this.page = page;
        this.progress = progress;
        this.rows = rows;
    }

    /** To be called once; see {@link Rows#read}. */
    Future<Void> from(@Nullable String after) {
        Future<Long> before = after == null ? Future.succeededFuture(0L) : to.count();
        before.onFailure(promise::fail).onSuccess(rowsThere -> {
            done = rowsThere;
            next(after);
        });
        return promise.future();
    }

    private void next(@Nullable String after) {
        from.read(after, page).compose(this::write).onComplete(written -> {
            if (written.failed()) {
                promise.fail(written.cause());
            } else if (written.result().last() == null) {
                promise.complete();
            } else {
                next(written.result().last());
            }
        });
    }

    private Future<Rows.Page<T>> write(Rows.Page<T> read) {
        if (read.rows().isEmpty()) {
            return Future.succeededFuture(read);
        }
        return to.write(read.rows()).compose(written -> note(read)).map(noted -> {
            done += read.rows().size();
            progress.copied(kind.name(), done, rows);
            return read;
        });
    }

    private Future<Void> note(Rows.Page<T> read) {
        return read.last() == null
                ? Future.succeededFuture()
                : target.change(Map.of(CopyFacts.COPIED_TO, kind.name() + "\n" + read.last()), Set.of());
    }
}
