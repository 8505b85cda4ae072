package io.gatehouse.deploy.management;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.SecondFactors;
import io.gatehouse.common.message.SigningKeys;
import io.gatehouse.common.message.SigningKeys.Listing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of signing keys and of users: {@code /admin/v1/keys} and {@code /admin/v1/users}, each call with the
 * bearer credential.
 */
public final class AdminRoutes {
    static final String PREFIX = "/admin/v1/";

    private static final String BEARER = "bearer ";

    private final Bus bus;
    private final @Nullable AdminToken token;

    /** @param token null: nobody may */
    public AdminRoutes(Bus bus, @Nullable AdminToken token) {
        this.bus = bus;
        this.token = token;
    }

    void handle(HttpServerRequest request) {
        if (token == null) {
            ProblemResponse.send(request, 403, "No credential is set here: set management.token.");
        } else if (!token.matches(shown(request))) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            ProblemResponse.send(
                    request,
                    401,
                    "Show the credential of this node as a bearer token: admin.token or management.token.");
        } else {
            authorized(request);
        }
    }

    private void authorized(HttpServerRequest request) {
        switch (request.path()) {
            case PREFIX + "keys" -> {
                if (allows(request, HttpMethod.GET)) {
                    answer(request, KeyOrder.show(request));
                }
            }
            case PREFIX + "keys/rotate" -> ordered(request, KeyOrder::rotate);
            case PREFIX + "keys/retire" -> ordered(request, KeyOrder::retire);
            case PREFIX + "users/reset-factor" -> resetFactor(request);
            default -> ProblemResponse.send(request, 404, "There is nothing here.");
        }
    }

    private interface Reading {
        /** @throws IllegalArgumentException with a sentence for whoever wrote it */
        SigningKeys<Listing> read(JsonObject body);
    }

    private void ordered(HttpServerRequest request, Reading reading) {
        if (!allows(request, HttpMethod.POST)) {
            return;
        }
        SmallBody.read(request).onSuccess(body -> read(request, body, reading));
    }

    private void read(HttpServerRequest request, Buffer body, Reading reading) {
        SigningKeys<Listing> order;
        try {
            order = reading.read(KeyOrder.json(body));
        } catch (IllegalArgumentException malformed) {
            ProblemResponse.send(request, 400, String.valueOf(malformed.getMessage()));
            return;
        }
        answer(request, order);
    }

    private void resetFactor(HttpServerRequest request) {
        if (allows(request, HttpMethod.POST)) {
            SmallBody.read(request).onSuccess(body -> resetFactor(request, body));
        }
    }

    private void resetFactor(HttpServerRequest request, Buffer body) {
        SecondFactors.Reset order;
        try {
            order = FactorOrder.reset(KeyOrder.json(body));
        } catch (IllegalArgumentException malformed) {
            ProblemResponse.send(request, 400, String.valueOf(malformed.getMessage()));
            return;
        }
        bus.ask(order)
                .onComplete(
                        reset -> reset(request, order, reset.done()),
                        failure -> refused(request, Incidents.error(failure)));
    }

    private static void reset(HttpServerRequest request, SecondFactors.Reset order, boolean done) {
        if (done) {
            told(request, FactorOrder.json(order));
        } else {
            ProblemResponse.send(request, 404, "There is no such user here, or none with a second factor.");
        }
    }

    private void answer(HttpServerRequest request, SigningKeys<Listing> order) {
        Future<Listing> asked = bus.ask(order);
        asked.onComplete(
                listing -> told(request, KeyOrder.json(listing)),
                failure -> refused(request, Incidents.error(failure)));
    }

    private static void told(HttpServerRequest request, JsonObject done) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Future<Void> unused = ProblemResponse.end(request, done.toBuffer());
    }

    private static void refused(HttpServerRequest request, OAuthError error) {
        switch (error) {
            case OAuthError.NotFound missing ->
                ProblemResponse.send(request, 404, "There is no such " + missing.what() + " here.");
            case OAuthError.Conflict conflict ->
                ProblemResponse.send(
                        request,
                        409,
                        "This key signs, or another node changed the keys meanwhile: rotate first, or try again.");
            case OAuthError.Throttled throttled -> later(request, 429, "There is too much to do: try again.");
            case OAuthError.Unavailable gone ->
                later(request, 503, "The role " + gone.service() + " does not answer: try again.");
            case OAuthError.Protocol refusal -> ProblemResponse.send(request, 400, refusal.description());
            case OAuthError.Defect defect ->
                ProblemResponse.send(request, 500, "This failed; the log tells more under " + defect.incident() + ".");
        }
    }

    private static void later(HttpServerRequest request, int status, String detail) {
        request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        ProblemResponse.send(request, status, detail);
    }

    private static boolean allows(HttpServerRequest request, HttpMethod method) {
        if (request.method().equals(method)) {
            return true;
        }
        request.response().putHeader(HttpHeaders.ALLOW, method.name());
        ProblemResponse.send(request, 405, "Use " + method.name() + ".");
        return false;
    }

    private static String shown(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? ""
                : header.substring(BEARER.length()).strip();
    }
}
