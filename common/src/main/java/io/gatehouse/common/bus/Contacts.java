package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Identity;
import io.gatehouse.common.bus.seal.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The sessions of this process with others, each begun when it is needed first. One for all event loops. */
final class Contacts {
    /** Who has just come may be seen a moment before its hello is. */
    private static final int TRIES = 8;

    private static final long BETWEEN_MILLIS = 125;
    /** For how long one that could not be met is not tried again. */
    private static final long AVOIDED_MILLIS = 1_000;
    /** A stranger may make up senders: so many may be none that this process has seen yet. */
    private static final int MOST_UNSEEN = 64;
    /** A member may have a hello for as many names as it likes: so many sessions may be with who is not there, or has just gone. */
    private static final int MOST_ABSENT = 64;

    private final Vertx vertx;
    private final Identity own;
    private final Company company;
    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Future<Session>> underway = new ConcurrentHashMap<>();

    Contacts(Vertx vertx, Identity own, Company company, Clock clock) {
        this.vertx = vertx;
        this.own = own;
        this.company = company;
        this.clock = clock;
    }

    /** Null where there is none that counts now. */
    @Nullable
    Session known(String node) {
        Session session = sessions.get(node);
        return session == null || session.peer().isExpired(clock.instant()) ? null : session;
    }

    /** Completes on the caller's context; fails where the other is not there, or not who it says. */
    Future<Session> with(String node) {
        Session session = known(node);
        return session != null ? Future.succeededFuture(session) : Link.here(contact(node));
    }

    private Future<Session> contact(String node) {
        if (underway.size() >= MOST_UNSEEN && !company.has(node)) {
            return Future.failedFuture("too many at once");
        }
        Promise<Session> met = Promise.promise();
        Future<Session> other = underway.putIfAbsent(node, met.future());
        if (other != null) {
            return other;
        }
        meet(node, TRIES)
                .compose(session -> remember(node, session))
                .onSuccess(kept -> {
                    underway.remove(node, met.future());
                    met.complete(kept);
                })
                .onFailure(stranger -> {
                    vertx.setTimer(AVOIDED_MILLIS, over -> underway.remove(node, met.future()));
                    met.fail(stranger);
                });
        return met.future();
    }

    /** The one that there is, where another was quicker: it knows what it took. */
    private Future<Session> remember(String node, Session session) {
        sessions.values().removeIf(one -> one.isIdle() && isAbsent(one));
        if (isAbsent(session)
                && sessions.values().stream().filter(this::isAbsent).count() >= MOST_ABSENT) {
            return Future.failedFuture("too many that are not there");
        }
        Session quicker = sessions.putIfAbsent(node, session);
        return Future.succeededFuture(quicker == null ? session : quicker);
    }

    private boolean isAbsent(Session session) {
        return !company.has(session.peer().node());
    }

    private Future<Session> meet(String node, int tries) {
        return company.peer(node)
                .compose(peer -> peer.isExpired(clock.instant())
                        ? Future.failedFuture("its certificate has ended")
                        : vertx.executeBlocking(() -> Session.between(own, peer), false))
                .recover(stranger -> tries == 1
                        ? Future.failedFuture(stranger)
                        : vertx.timer(BETWEEN_MILLIS, TimeUnit.MILLISECONDS).compose(later -> meet(node, tries - 1)));
    }
}
