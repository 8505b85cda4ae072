package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.RouteRateConfig;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.limit.Network;
import io.gatehouse.common.limit.Quota;
import io.gatehouse.gateway.http.BearerErrors;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.proxy.rate.RateHeaders;
import io.gatehouse.gateway.proxy.rate.RequestLimits;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The rates of routes. An address is counted before its request is looked at, so that those of strangers count as well; a
 * subject or a client is counted once it is known, so that nobody uses up what is another's.
 */
final class RouteRates {
    private final RequestLimits limits;
    private final ErrorStyle style = new BearerErrors();

    RouteRates(RequestLimits limits) {
        this.limits = limits;
    }

    /** @param demand looks at the request; not called where there were too many */
    Future<Verdict> pass(Route route, Visit visit, Supplier<Future<Verdict>> demand) {
        RouteRateConfig rate = route.rate();
        if (rate == null) {
            return demand.get();
        }
        // Of a public route nobody is known.
        if (rate.per().equals(RouteRateConfig.ADDRESS) || route.demand() == Route.Kind.PUBLIC) {
            String address = "address " + Network.of(visit.exchange().clientAddress());
            return take(route, rate, address)
                    .compose(quota -> quota.admitted()
                            ? demand.get().map(verdict -> telling(verdict, rate, quota))
                            : Future.succeededFuture(refused(route, rate, quota)));
        }
        return demand.get()
                .compose(verdict -> verdict instanceof Verdict.Passed passed
                        ? take(route, rate, whose(rate, passed.identity()))
                                .map(quota ->
                                        quota.admitted() ? telling(passed, rate, quota) : refused(route, rate, quota))
                        : Future.succeededFuture(verdict));
    }

    private Future<Quota> take(Route route, RouteRateConfig rate, String whose) {
        return limits.take(route.tenant(), "route " + route.id(), whose, rate.rate(), rate.shared());
    }

    /** A session is of no client: its users must not share what they have. */
    private static String whose(RouteRateConfig rate, Identity identity) {
        return rate.per().equals(RouteRateConfig.CLIENT) && !identity.client().isEmpty()
                ? "client " + identity.client()
                : identity.subjectType() + " " + identity.subject();
    }

    private static Verdict telling(Verdict verdict, RouteRateConfig rate, Quota quota) {
        if (!(verdict instanceof Verdict.Passed passed)) {
            return verdict;
        }
        Verdict.Passed told = passed;
        for (Reply.Header header : RateHeaders.of(passed.route().id(), rate.rate(), quota)) {
            told = told.telling(header);
        }
        return told;
    }

    private Verdict refused(Route route, RouteRateConfig rate, Quota quota) {
        Reply reply = style.render(new OAuthError.Throttled(quota.retryAfter()));
        for (Reply.Header header : RateHeaders.of(route.id(), rate.rate(), quota)) {
            reply = reply.with(header.name(), header.value().toString());
        }
        return new Verdict.Answered(route, reply);
    }
}
