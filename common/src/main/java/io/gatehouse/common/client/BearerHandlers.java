package io.gatehouse.common.client;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For vertx-web: a handler that lets requests pass with an access token (RFC 6750), and one that asks for scopes. They answer
 * 401, 403 and 503 by themselves; what passes finds the token by {@link #token}.
 */
public final class BearerHandlers {
    private static final String KEY = "gatehouse.access_token";
    private static final String SCHEME = "Bearer ";

    private BearerHandlers() {}

    /** Lets pass what shows an access token that counts here and now, for this application. */
    public static Handler<RoutingContext> bearer(Gatehouse gatehouse) {
        return context -> {
            List<String> shown = context.request().headers().getAll("authorization");
            if (shown.size() != 1 || !shown.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                refuse(context, 401, "Bearer");
                return;
            }
            context.request().pause();
            gatehouse
                    .verify(shown.getFirst().substring(SCHEME.length()).trim())
                    .onComplete(
                            token -> {
                                context.put(KEY, token);
                                context.request().resume();
                                context.next();
                            },
                            failure -> {
                                context.request().resume();
                                fail(context, failure);
                            });
        };
    }

    /** Behind {@link #bearer}: lets pass what has all of the scopes. */
    public static Handler<RoutingContext> scopes(String... scopes) {
        List<String> needed = List.of(scopes);
        return context -> {
            AccessToken token = token(context);
            if (token != null && token.scope().values().containsAll(needed)) {
                context.next();
            } else {
                refuse(context, 403, "Bearer error=\"insufficient_scope\", scope=\"" + String.join(" ", needed) + "\"");
            }
        };
    }

    /** What the request passed with; null where it did not come through {@link #bearer}. */
    public static @Nullable AccessToken token(RoutingContext context) {
        return context.get(KEY);
    }

    private static void fail(RoutingContext context, Throwable failure) {
        OAuthError error =
                failure instanceof OAuthFailure known ? known.error() : new OAuthError.Unavailable("gateway");
        if (error instanceof OAuthError.Protocol protocol && protocol.code() == Code.INVALID_TOKEN) {
            refuse(
                    context,
                    401,
                    "Bearer error=\"invalid_token\", error_description=\"" + protocol.description() + "\"");
        } else {
            context.response().setStatusCode(503).putHeader("Retry-After", "1").end();
        }
    }

    private static void refuse(RoutingContext context, int status, String challenge) {
        context.response()
                .setStatusCode(status)
                .putHeader("WWW-Authenticate", challenge)
                .putHeader("Cache-Control", "no-store")
                .end();
    }
}
