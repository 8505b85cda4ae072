package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.PassThrough;
import io.gatehouse.gateway.proxy.FrontDoor;
import io.gatehouse.gateway.proxy.OriginalRequest;
import io.gatehouse.gateway.proxy.RequestHost;
import io.gatehouse.gateway.proxy.Route;
import io.gatehouse.gateway.proxy.RouteTable;
import io.gatehouse.gateway.proxy.Routes;
import io.gatehouse.gateway.proxy.Verdict;
import io.gatehouse.gateway.proxy.Visit;
import io.gatehouse.gateway.proxy.upstream.Attempts;
import io.gatehouse.gateway.proxy.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Passes requests on to the services of the routes, once the front door has let them. Of one event loop. */
public final class ReverseProxy implements PassThrough {
    private static final String OWN_PREFIX = "/.gatehouse/";

    private final Routes routes;
    private final FrontDoor door;
    private final Upstreams upstreams;
    private final Surroundings around;
    private final KnownHosts hosts = new KnownHosts();

    private ReverseProxy(Routes routes, FrontDoor door, Upstreams upstreams, Surroundings around) {
        this.routes = routes;
        this.door = door;
        this.upstreams = upstreams;
        this.around = around;
    }

    /**
     * @param silence how long nothing may move on what is on its way
     * @param transportSecurity the value of Strict-Transport-Security; null: none is sent
     */
    public static ReverseProxy create(
            Vertx vertx,
            Routes routes,
            FrontDoor door,
            Upstreams upstreams,
            Silence silence,
            @Nullable String transportSecurity) {
        OpenStreams open = new OpenStreams();
        open.watch(vertx);
        Surroundings around =
                new Surroundings(vertx, new Clients(vertx), open, new ResponseHeaders(transportSecurity), silence);
        return new ReverseProxy(routes, door, upstreams, around);
    }

    @Override
    public boolean owns(String authority) {
        RequestHost host = host(authority);
        return host != null && routes.table().owns(host);
    }

    @Override
    public boolean knows(String authority) {
        RequestHost host = host(authority);
        return host != null && routes.table().names(host);
    }

    /** Null where there is nothing to compare it with, or it is malformed. */
    private @Nullable RequestHost host(String authority) {
        return routes.table().routes().isEmpty() ? null : hosts.read(authority);
    }

    @Override
    public @Nullable Future<Outcome> pass(HttpServerRequest request, Exchange exchange) {
        RouteTable table = routes.table();
        if (table.routes().isEmpty()) {
            return null;
        }
        boolean owned = owns(exchange.host());
        try {
            String target = Target.behindHost(exchange.target(), exchange.host());
            OriginalRequest original = OriginalRequest.read(request.method().name(), exchange.host(), target);
            Route route = isOurs(original) ? null : table.find(original);
            if (route != null && !route.upstream().isEmpty()) {
                return ask(new Visit(original, exchange, true), request, Target.normal(target))
                        .onSuccess(outcome -> count(route, request.response(), outcome));
            }
        } catch (RuntimeException ambiguous) {
            return owned ? Future.failedFuture(ambiguous) : null;
        }
        return owned ? Future.failedFuture(new OAuthError.NotFound("path").failure()) : null;
    }

    /** However it is spelled: what is meant for us, such as the code of a handover, is no service's. */
    private static boolean isOurs(OriginalRequest request) {
        return request.path().text().startsWith(OWN_PREFIX);
    }

    /** A sender that went away before was answered by nobody. */
    private void count(Route route, HttpServerResponse response, Outcome outcome) {
        if (outcome.reply() != null) {
            upstreams.answered(route, outcome.reply().status());
        } else if (response.headWritten()) {
            upstreams.answered(route, response.getStatusCode());
        }
    }

    /** What streams in meanwhile waits. */
    private Future<Outcome> ask(Visit visit, HttpServerRequest request, String target) {
        request.pause();
        return door.ask(visit).onFailure(unknown -> Upload.letCome(request)).compose(verdict -> switch (verdict) {
            case Verdict.Passed passed -> forward(new Passage(request, visit.exchange(), passed, target));
            case Verdict.Answered answered -> {
                Upload.letCome(request);
                yield Future.succeededFuture(new Outcome(answered.route().id(), answered.reply()));
            }
        });
    }

    private Future<Outcome> forward(Passage passage) {
        String id = passage.route().id();
        if (passage.request().response().closed()) {
            return Future.succeededFuture(new Outcome(id, null));
        }
        Attempts attempts = upstreams.attempts(passage.route(), passage.isRepeatable());
        return new Forwarding(passage, attempts, around).begin().map(reply -> new Outcome(id, reply));
    }

    /** Ends what has no end of its own: the process is about to stop. */
    public void leave() {
        around.open().leave();
    }
}
