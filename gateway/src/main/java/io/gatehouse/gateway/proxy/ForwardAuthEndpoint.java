package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.BearerErrors;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code /forward-auth}: answers a proxy in front whether the request that it got may go on, with 200 and who sent it, or
 * with 401 or 403. It says 429 where there were too many, and 503 where that can't be told.
 */
public final class ForwardAuthEndpoint {
    static final String PATH = "/forward-auth";
    static final String ENVOY = PATH + "/envoy";

    private final Hop hop;
    private final FrontDoor door;
    private final ErrorStyle style = new BearerErrors();

    /** @param secrets any of which a proxy proves itself by; none: there is no such path */
    public static Stream<Mount> mounts(List<SecretValue> secrets, Clock clock, FrontDoor door) {
        return secrets.isEmpty() ? Stream.empty() : new ForwardAuthEndpoint(new Hop(secrets, clock), door).mounts();
    }

    private ForwardAuthEndpoint(Hop hop, FrontDoor door) {
        this.hop = hop;
        this.door = door;
    }

    private Stream<Mount> mounts() {
        return Stream.of(
                get(PATH, SubRequest.FORWARDED),
                get(PATH + "/traefik", SubRequest.FORWARDED),
                get(PATH + "/caddy", SubRequest.FORWARDED),
                get(PATH + "/nginx", SubRequest.ORIGINAL),
                get(PATH + "/haproxy", SubRequest.ORIGINAL),
                Mount.below(ENVOY, style, exchange -> answer(exchange, SubRequest.PREFIXED)));
    }

    private Mount get(String path, SubRequest form) {
        return Mount.get(path, style, exchange -> answer(exchange, form));
    }

    private Future<Reply> answer(Exchange exchange, SubRequest form) {
        if (!exchange.tenant().equals(Tenant.MAIN)) {
            return Future.failedFuture(new OAuthError.NotFound("path").failure());
        }
        try {
            hop.check(exchange);
            return door.ask(new Visit(form.read(exchange), exchange, false)).map(verdict -> form.told(reply(verdict)));
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Reply reply(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed passed -> {
                Reply reply = passed.identity().tell(Reply.empty(200));
                for (Reply.Header header : passed.told()) {
                    reply = reply.with(header.name(), header.value().toString());
                }
                yield reply;
            }
            case Verdict.Answered answered -> answered.reply();
        };
    }
}
