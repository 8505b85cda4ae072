package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.JwtAppTokens.PublicKeys;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.JwtAppService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.stream.Collectors;

/** GET /jwt/{app}/jwks: the keys that a JWT app's tokens are checked with (RFC 7517, section 5). */
public final class JwtAppJwksEndpoint implements Endpoint {
    private static final int MAX_AGE_SECONDS = 300;

    private final JwtAppService apps;

    public JwtAppJwksEndpoint(JwtAppService apps) {
        this.apps = apps;
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        return apps.find(exchange.tenant(), Objects.requireNonNull(exchange.pathVariable()))
                .compose(app -> app == null ? Future.failedFuture(unknown()) : apps.keys(exchange.tenant(), app))
                .map(JwtAppJwksEndpoint::reply);
    }

    private static Reply reply(PublicKeys keys) {
        String jwks = keys.jwks().stream().collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        return Reply.publicJson(Buffer.buffer(jwks), MAX_AGE_SECONDS);
    }

    private static RuntimeException unknown() {
        return new OAuthError.NotFound("app").failure();
    }
}
