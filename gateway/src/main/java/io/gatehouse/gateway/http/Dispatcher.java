package io.gatehouse.gateway.http;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of every request: headers are checked, the path found, the tenant known, the body read; the endpoint answers;
 * one reply is written, errors in the path's own style.
 */
final class Dispatcher implements Handler<RoutingContext> {
    /** Ours on every host. */
    private static final String OWN_PREFIX = "/.gatehouse/";

    private static final ErrorStyle UNKNOWN_PATH = new ProblemErrors();

    private final PathTable paths;
    private final BodyReader bodies;
    private final ClientAddresses addresses;
    private final Function<String, Future<Tenant>> tenants;
    private final HostCheck hosts;
    private final ErrorStyle pages;
    private final ReplyWriter writer;
    private final PassThrough passThrough;

    Dispatcher(
            PathTable paths,
            BodyReader bodies,
            ClientAddresses addresses,
            Function<String, Future<Tenant>> tenants,
            HostCheck hosts,
            ErrorStyle pages,
            ReplyWriter writer,
            PassThrough passThrough) {
        this.paths = paths;
        this.bodies = bodies;
        this.addresses = addresses;
        this.tenants = tenants;
        this.hosts = hosts;
        this.pages = pages;
        this.writer = writer;
        this.passThrough = passThrough;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        long begun = writer.begin();
        PathTable.Match match = find(request);
        String route = match == null ? "-" : match.path().text();
        ErrorStyle style = style(request, match);
        Future<@Nullable Reply> answer = context.failed() && context.statusCode() == 400
                ? Future.failedFuture(badHost())
                : answer(request, match, style);
        answer.onComplete(reply -> {
            if (match != null && match.path().crossOrigin()) {
                CrossOrigin.allow(request.response());
            }
            Reply written = reply.succeeded() ? reply.result() : style.render(Incidents.error(reply.cause()));
            if (written != null) {
                writer.write(request, written, route, begun);
            }
        });
    }

    private ErrorStyle style(HttpServerRequest request, PathTable.@Nullable Match match) {
        ErrorStyle unknown = Accept.isHtml(request.getHeader("accept")) ? pages : UNKNOWN_PATH;
        ErrorStyle style = match == null ? unknown : match.path().style();
        return style.in(request.getHeader("accept-language"));
    }

    private Future<@Nullable Reply> answer(
            HttpServerRequest request, PathTable.@Nullable Match match, ErrorStyle style) {
        try {
            HeaderHygiene.check(request);
            hosts.check(request);
            if (match == null) {
                return passOn(request);
            }
            if (match.path().crossOrigin() && CrossOrigin.isPreflight(request)) {
                return Future.succeededFuture(CrossOrigin.preflight(match.path().allow()));
            }
            Mount mount = match.path().forMethod(request.method());
            return mount == null ? Future.succeededFuture(notAllowed(match, style)) : serve(request, match, mount);
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }

    /** On a host of services, no path of ours is found but those that are ours everywhere. */
    private PathTable.@Nullable Match find(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        return !path.startsWith(OWN_PREFIX) && passThrough.owns(Exchange.host(request)) ? null : paths.find(path);
    }

    private Future<@Nullable Reply> passOn(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, Tenant.MAIN, Buffer.buffer(), addresses.of(request), null);
        Future<@Nullable Reply> passed = passThrough.pass(request, exchange);
        return passed == null ? Future.failedFuture(new OAuthError.NotFound("path").failure()) : passed;
    }

    private Future<Reply> serve(HttpServerRequest request, PathTable.Match match, Mount mount) {
        String tenant = match.tenant();
        Future<Buffer> body =
                BodyReader.expects(request) ? bodies.read(request) : Future.succeededFuture(Buffer.buffer());
        if (tenant.equals(Tenant.MAIN)) {
            return body.compose(whole -> call(request, match, mount, whole));
        }
        return Future.join(body, tenants.apply(tenant)).compose(both -> call(request, match, mount, body.result()));
    }

    private Future<Reply> call(HttpServerRequest request, PathTable.Match match, Mount mount, Buffer body) {
        return mount.endpoint()
                .handle(new Exchange(request, match.tenant(), body, addresses.of(request), match.variable()));
    }

    /** RFC 9112, section 3.2. */
    private static RuntimeException badHost() {
        return OAuthError.failure(Code.INVALID_REQUEST, "Host is missing or malformed: send the host of the URL in it");
    }

    private static Reply notAllowed(PathTable.Match match, ErrorStyle style) {
        String allow = match.path().allow();
        OAuthError error = new OAuthError.Protocol(Code.METHOD_NOT_ALLOWED, "this path answers to " + allow);
        return style.render(error).with("Allow", allow);
    }
}
