package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.ForwardAuthConfig;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.BearerErrors;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.CertificateChains;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * {@code /forward-auth}: answers a proxy in front whether the request that it got may go on, with 200 and who sent it, or
 * with 401 or 403. It says 429 where there were too many, and 503 where that can't be told.
 */
public final class ForwardAuthEndpoint {
    private final Hop hop;
    private final FrontDoor door;
    private final ErrorStyle style = new BearerErrors();

    /**
     * @param config by what a proxy proves itself; nothing: there is no such path
     * @param chains whom certificates of proxies may come from
     */
    public static Stream<Mount> mounts(
            ForwardAuthConfig config, CertificateChains chains, Clock clock, FrontDoor door) {
        return config.isOff() ? Stream.empty() : new ForwardAuthEndpoint(new Hop(config, chains, clock), door).mounts();
    }

    private ForwardAuthEndpoint(Hop hop, FrontDoor door) {
        this.hop = hop;
        this.door = door;
    }

    private Stream<Mount> mounts() {
        Stream<Mount> exact =
                Arrays.stream(SubRequest.values()).flatMap(form -> form.paths().map(path -> get(path, form)));
        Mount prefixed = Mount.below(SubRequest.BEHIND, style, exchange -> answer(exchange, SubRequest.PREFIXED));
        return Stream.concat(exact, Stream.of(prefixed));
    }

    private Mount get(String path, SubRequest form) {
        return Mount.get(path, style, exchange -> answer(exchange, form));
    }

    private Future<Reply> answer(Exchange exchange, SubRequest form) {
        if (!exchange.tenant().equals(Tenant.MAIN)) {
            return Future.failedFuture(new OAuthError.NotFound("path").failure());
        }
        try {
            return hop.check(exchange)
                    .compose(proved -> door.ask(form.visit(exchange)))
                    .map(verdict -> form.told(reply(verdict)));
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Reply reply(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed passed ->
                passed.identity().tell(Reply.empty(200)).with(passed.told());
            case Verdict.Answered answered -> answered.reply();
        };
    }
}
