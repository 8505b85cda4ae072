package io.gatehouse.gateway.http;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.AsyncResult;
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

    private static final String UNKNOWN = "-";
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
        String route = match == null ? UNKNOWN : match.path().text();
        ErrorStyle style = style(request, match);
        Future<PassThrough.Outcome> passed = match == null && !context.failed() ? passOn(request) : null;
        if (passed != null) {
            passed.onComplete(outcome -> finish(request, outcome, style, begun));
            return;
        }
        Future<Reply> answer = context.failed() && context.statusCode() == 400
                ? Future.failedFuture(badHost())
                : answer(request, match, style);
        answer.onComplete(reply -> {
            if (match != null && match.path().crossOrigin()) {
                CrossOrigin.allow(request.response());
            }
            Reply written = reply.succeeded() ? reply.result() : style.render(Incidents.error(reply.cause()));
            writer.write(request, written, route, begun);
        });
    }

    private void finish(
            HttpServerRequest request, AsyncResult<PassThrough.Outcome> passed, ErrorStyle style, long begun) {
        if (passed.failed()) {
            writer.write(request, style.render(Incidents.error(passed.cause())), UNKNOWN, begun);
            return;
        }
        PassThrough.Outcome outcome = passed.result();
        Reply reply = outcome.reply();
        if (reply == null) {
            writer.passed(request, outcome.route(), begun);
        } else {
            writer.write(request, reply, outcome.route(), begun);
        }
    }

    private ErrorStyle style(HttpServerRequest request, PathTable.@Nullable Match match) {
        ErrorStyle unknown = Accept.isHtml(request.getHeader("accept")) ? pages : UNKNOWN_PATH;
        ErrorStyle style = match == null ? unknown : match.path().style();
        return style.in(request.getHeader("accept-language"));
    }

    private Future<Reply> answer(HttpServerRequest request, PathTable.@Nullable Match match, ErrorStyle style) {
        try {
            HeaderHygiene.check(request);
            checkHost(request);
            if (match == null) {
                return Future.failedFuture(new OAuthError.NotFound("path").failure());
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

    /** What is ours on every host is so on each that a route has: its name was chosen by the operator. */
    private void checkHost(HttpServerRequest request) {
        boolean ours = String.valueOf(request.path()).startsWith(OWN_PREFIX);
        if (!ours || !passThrough.knows(Exchange.host(request))) {
            hosts.check(request);
        }
    }

    /** On a host of services, no path of ours is found but those that are ours everywhere. */
    private PathTable.@Nullable Match find(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        return !path.startsWith(OWN_PREFIX) && passThrough.owns(Exchange.host(request)) ? null : paths.find(path);
    }

    /** Null where it is not for passing on. */
    private @Nullable Future<PassThrough.Outcome> passOn(HttpServerRequest request) {
        try {
            HeaderHygiene.check(request);
            // A name that a route has was chosen by the operator.
            if (!passThrough.owns(Exchange.host(request))) {
                hosts.check(request);
            }
            return passThrough.pass(
                    request,
                    new Exchange(
                            request,
                            Tenant.MAIN,
                            Buffer.buffer(),
                            addresses.of(request),
                            addresses.isSecure(request),
                            null));
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
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
                .handle(new Exchange(
                        request,
                        match.tenant(),
                        body,
                        addresses.of(request),
                        addresses.isSecure(request),
                        match.variable()));
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
