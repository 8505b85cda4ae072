package io.gatehouse.deploy.management;

import io.gatehouse.common.metric.Exposition;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every path of the management listener. */
final class ManagementRoutes implements Handler<HttpServerRequest> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final HostCheck hosts;
    private final Readiness readiness;
    private final Supplier<Exposition> metrics;
    private final String version;
    private final @Nullable AdminRoutes admin;

    /** @param admin null: nobody is to command here */
    ManagementRoutes(
            HostCheck hosts,
            Readiness readiness,
            Supplier<Exposition> metrics,
            String version,
            @Nullable AdminRoutes admin) {
        this.hosts = hosts;
        this.readiness = readiness;
        this.metrics = metrics;
        this.version = version;
        this.admin = admin;
    }

    @Override
    public void handle(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null || !hosts.accepts(unbracketed(authority.host()))) {
            ProblemResponse.send(request, 421, "This host name is not served here.");
            return;
        }
        if (admin != null && String.valueOf(request.path()).startsWith(AdminRoutes.PREFIX)) {
            admin.handle(request);
            return;
        }
        if (String.valueOf(request.path()).startsWith(AdminRoutes.PREFIX)) {
            ProblemResponse.send(request, 404, "This node takes no orders: ask one with the role token.");
            return;
        }
        switch (request.path()) {
            case "/health/live" -> read(request, () -> json(request, 200, new JsonObject().put("status", "live")));
            case "/health/ready" -> read(request, () -> ready(request));
            case "/metrics" -> read(request, () -> measure(request));
            default -> ProblemResponse.send(request, 404, "There is nothing here.");
        }
    }

    private void ready(HttpServerRequest request) {
        readiness
                .check()
                .onSuccess(report -> json(request, report.ready() ? 200 : 503, report.json(version)))
                .onFailure(defect -> ProblemResponse.send(request, 500, "The health of this node is unknown."));
    }

    private void measure(HttpServerRequest request) {
        send(request, 200, Exposition.MEDIA_TYPE, Buffer.buffer(metrics.get().text()));
    }

    private static void read(HttpServerRequest request, Runnable answer) {
        if (READING.contains(request.method())) {
            answer.run();
        } else {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            ProblemResponse.send(request, 405, "Use GET.");
        }
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        send(request, status, "application/json", body.toBuffer());
    }

    private static void send(HttpServerRequest request, int status, String type, Buffer body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ProblemResponse.end(request, body);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
