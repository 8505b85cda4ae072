package io.gatehouse.gateway.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** GET /oauth2/jwks (RFC 7517, section 5). The reply is made once per set of keys. */
public final class JwksEndpoint implements Endpoint {
    /** Where the token role does not say how long is too long. */
    private static final int MAX_AGE_SECONDS = 300;

    private final Function<String, Future<KeySet>> keys;
    private final Cache<KeySet, Reply> replies = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(1_000)
            .executor(Runnable::run)
            .build();

    /** @param keys the keys of a tenant */
    public JwksEndpoint(Function<String, Future<KeySet>> keys) {
        this.keys = keys;
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        return keys.apply(exchange.tenant()).map(set -> replies.get(set, JwksEndpoint::reply));
    }

    private static Reply reply(KeySet set) {
        String jwks = set.keys().stream().map(key -> key.jwk()).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        int told = set.freshSeconds();
        return Reply.publicJson(Buffer.buffer(jwks), told == 0 ? MAX_AGE_SECONDS : told);
    }
}
