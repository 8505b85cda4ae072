package io.gatehouse.token;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies declarations, some at a time, tells how far it is and collects what failed. For one event loop. */
final class DeclarationRun {
    private static final Logger LOG = LoggerFactory.getLogger(DeclarationRun.class);

    /** The store commits in groups; but it hashes passwords in a queue that must not fill up. */
    private static final int AT_A_TIME = 8;

    private static final int ATTEMPTS = 10;
    private static final Duration PROGRESS = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final int total;
    private final List<String> failures = new ArrayList<>();
    private Iterator<Declaration> rest = Collections.emptyIterator();
    private Promise<Void> finished = Promise.promise();
    private boolean starting;
    private int running;
    private int done;
    private int changed;

    /** @param total how many there are in all parts together */
    DeclarationRun(Vertx vertx, int total) {
        this.vertx = vertx;
        this.total = total;
    }

    /** How many were new or changed. */
    int changed() {
        return changed;
    }

    /**
     * Applies a part; one part at a time.
     *
     * @return fails with {@link StartFailure} once all of the part were tried
     */
    Future<Void> apply(List<Declaration> part) {
        rest = part.iterator();
        finished = Promise.promise();
        long ticker = vertx.setPeriodic(
                PROGRESS.toMillis(), tick -> LOG.info("bootstrap: {} of {} entries applied so far", done, total));
        startNext();
        return finished.future().onComplete(end -> vertx.cancelTimer(ticker)).compose(end -> outcome());
    }

    // A loop, not a recursion: what is answered on this loop may be answered before the ask returns.
    private void startNext() {
        if (starting) {
            return;
        }
        starting = true;
        while (running < AT_A_TIME && rest.hasNext()) {
            start(rest.next());
        }
        starting = false;
        if (running == 0) {
            finished.tryComplete();
        }
    }

    private void start(Declaration declaration) {
        running++;
        attempt(declaration, ATTEMPTS).onComplete(tried -> {
            running--;
            if (tried.succeeded()) {
                applied(declaration, tried.result());
            } else {
                failures.add(declaration.name() + " " + reason(tried.cause()));
            }
            startNext();
        });
    }

    private Future<Boolean> attempt(Declaration declaration, int attempts) {
        return declaration.step().get().recover(failure -> {
            Duration wait = wait(failure);
            return wait.isZero() || attempts == 1
                    ? Future.failedFuture(failure)
                    : vertx.timer(wait.toMillis(), TimeUnit.MILLISECONDS)
                            .compose(waited -> attempt(declaration, attempts - 1));
        });
    }

    private void applied(Declaration declaration, boolean news) {
        done++;
        if (news) {
            changed++;
            LOG.info("{} was new or changed", declaration.name());
        }
    }

    private Future<Void> outcome() {
        return failures.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(new StartFailure(
                        "The bootstrap configuration can't be applied:\n  " + String.join("\n  ", failures)));
    }

    // What passes by itself: a store that is about to start, a full queue of passwords.
    private static Duration wait(Throwable failure) {
        if (!(failure instanceof OAuthFailure known)) {
            return Duration.ZERO;
        }
        return switch (known.error()) {
            case OAuthError.Throttled throttled -> throttled.retryAfter().plusMillis(1);
            case OAuthError.Unavailable away -> Duration.ofSeconds(1);
            default -> Duration.ZERO;
        };
    }

    private static String reason(Throwable failure) {
        if (failure instanceof StartFailure told) {
            return String.valueOf(told.getMessage());
        }
        if (!(failure instanceof OAuthFailure known)) {
            return "failed: " + failure.getMessage();
        }
        return switch (known.error()) {
            case OAuthError.Protocol protocol -> "is refused: " + protocol.description();
            case OAuthError.Conflict conflict -> "holds what another one has already: " + conflict.what();
            case OAuthError.NotFound missing -> "needs what does not exist: " + missing.what();
            case OAuthError.Throttled throttled -> "found the store busy: start again later";
            case OAuthError.Unavailable away ->
                "got no answer: is a node with the role " + away.service() + " running?";
            case OAuthError.Defect defect -> "failed: look for incident " + defect.incident() + " in the log";
        };
    }
}
