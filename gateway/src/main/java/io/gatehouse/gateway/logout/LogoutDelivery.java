package io.gatehouse.gateway.logout;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.gateway.client.GuardedHttpClient;
import io.gatehouse.gateway.client.OutboundFailure;
import io.gatehouse.gateway.client.OutboundRequest;
import io.gatehouse.gateway.client.OutboundResponse;
import io.gatehouse.gateway.oauth.LogoutTokens;
import io.gatehouse.gateway.oauth.LogoutTokens.LogoutToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings logouts to the clients (OpenID Connect Back-Channel Logout 1.0, section 2.5). What this process can't finish comes
 * back by itself, when the lease is over: a client may hear of a logout twice. On one event loop of a process.
 */
public final class LogoutDelivery {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int AT_MOST = 32;

    private final LogoutLog log = new LogoutLog();
    private final HostLanes lanes = new HostLanes();
    private final Vertx vertx;
    private final Bus bus;
    private final LogoutTokens tokens;
    private final GuardedHttpClient client;
    private @Nullable Long timer;
    private boolean claiming;
    private boolean moreAreDue;

    public LogoutDelivery(Vertx vertx, Bus bus, LogoutTokens tokens, GuardedHttpClient client) {
        this.vertx = vertx;
        this.bus = bus;
        this.tokens = tokens;
        this.client = client;
    }

    /** On the event loop that it shall stay on. */
    public void start() {
        timer = vertx.setPeriodic(EVERY.toMillis(), tick -> claim());
        claim();
    }

    /** Completes when what is under way has ended, within seconds; what waits is left to others. */
    public Future<Void> stop() {
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        return lanes.drain();
    }

    /** Where the store is not there, the next tick asks again. */
    private void claim() {
        int limit = Math.min(AT_MOST, lanes.room());
        if (claiming || limit == 0) {
            return;
        }
        claiming = true;
        moreAreDue = false;
        bus.ask(new Logouts.Claim(limit, LEASE)).onComplete(claimed -> {
            claiming = false;
            if (claimed.succeeded()) {
                moreAreDue = claimed.result().logouts().size() == limit;
                claimed.result().logouts().forEach(this::take);
            }
        });
    }

    private void take(Logouts.Due logout) {
        tokens.sign(logout).onComplete(token -> queue(logout, token), unsigned -> {
            log.failed(logout, "unsigned");
            var unused = report(logout, false);
        });
    }

    private void queue(Logouts.Due logout, @Nullable LogoutToken token) {
        if (token == null) {
            var unused = report(logout, true);
            return;
        }
        String host = Objects.requireNonNullElse(token.uri().getHost(), "").toLowerCase(Locale.ROOT);
        // Too much for a host that is slow: it stays in the store, whose lease gives it out again.
        lanes.offer(host, () -> deliver(logout, token));
    }

    private Future<Void> deliver(Logouts.Due logout, LogoutToken token) {
        return client.of(token.client())
                .send(OutboundRequest.form(
                        token.uri(), "logout_token", token.jwt().reveal()))
                .map(response -> isDone(logout, response))
                .otherwise(failure -> failed(logout, failure))
                .compose(done -> report(logout, done))
                .onComplete(reported -> claimMore());
    }

    /** Section 2.8: 200 is success, 204 is what some frameworks make of it, 400 is the client's last word. */
    private boolean isDone(Logouts.Due logout, OutboundResponse response) {
        switch (response.status()) {
            case 200, 204 -> log.delivered(logout);
            case 400 -> log.refused(logout);
            default -> {
                log.failed(logout, "status_" + response.status());
                return false;
            }
        }
        return true;
    }

    private boolean failed(Logouts.Due logout, Throwable failure) {
        String reason =
                failure instanceof OutboundFailure known ? known.reason().name() : "internal";
        log.failed(logout, reason.toLowerCase(Locale.ROOT));
        return false;
    }

    /** One that gets lost does no harm: the logout is given out again. */
    private Future<Void> report(Logouts.Due logout, boolean done) {
        return bus.ask(new Logouts.Report(logout.tenant(), logout.id(), done, logout.tries()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** A batch that came back full has more behind it, which need not wait for the next tick once there is room for it. */
    private void claimMore() {
        if (moreAreDue && lanes.held() <= HostLanes.MOST_OF_HOST - AT_MOST) {
            claim();
        }
    }
}
