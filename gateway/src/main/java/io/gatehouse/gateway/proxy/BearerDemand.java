package io.gatehouse.gateway.proxy;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.gateway.http.BearerErrors;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.DefaultAudience;
import io.gatehouse.gateway.oauth.TokenInspector;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;

/** An access token that counts here and now, for this service. Nothing is remembered of it: each request is asked anew. */
final class BearerDemand implements Demand {
    private final TokenInspector inspector;
    private final DefaultAudience defaultAudience;
    private final ErrorStyle style = new BearerErrors();

    BearerDemand(TokenInspector inspector, DefaultAudience defaultAudience) {
        this.inspector = inspector;
        this.defaultAudience = defaultAudience;
    }

    @Override
    public Future<Verdict> meet(Route route, Visit visit) {
        String token = visit.exchange().bearerToken();
        if (token == null) {
            Verdict asked = new Verdict.Answered(route, scoped(BearerErrors.askForBearerToken(), route));
            return Future.succeededFuture(asked);
        }
        return inspector
                .inspect(route.tenant(), token, visit.certificate())
                .map(found -> pass(route, found))
                .otherwise(failure -> new Verdict.Answered(route, refusal(Incidents.error(failure), route)));
    }

    private Verdict pass(Route route, AccessToken token) {
        check(route, token);
        return new Verdict.Passed(route, Identity.of(token), () -> inspector.counts(token), List.of());
    }

    private void check(Route route, AccessToken token) {
        boolean isFor = route.audience() == null
                ? defaultAudience.isOf(token)
                : token.audience().contains(route.audience());
        if (!isFor) {
            throw Refused.because("the access token is for another service: ask for one for this service");
        }
        if (!token.scope().covers(route.scope())) {
            throw OAuthError.failure(Code.INSUFFICIENT_SCOPE, "the access token lacks a scope that is needed here");
        }
        if (!route.roles().isEmpty() && Collections.disjoint(route.roles(), token.roles())) {
            throw Refused.because("the subject has no role that is needed here");
        }
    }

    private Reply refusal(OAuthError error, Route route) {
        // The tenant of the route: not the sender's affair.
        OAuthError told = error instanceof OAuthError.NotFound
                ? new OAuthError.Protocol(Code.ACCESS_DENIED, "the route's tenant does not exist")
                : error;
        Reply reply = style.render(told);
        boolean ofScope = told instanceof OAuthError.Protocol protocol && protocol.code() == Code.INSUFFICIENT_SCOPE;
        return ofScope ? scoped(reply, route) : reply;
    }

    /** RFC 6750, section 3: what it takes. */
    private static Reply scoped(Reply reply, Route route) {
        List<String> scope = route.scope().values();
        return scope.isEmpty()
                ? reply
                : reply.extending("WWW-Authenticate", ", scope=\"" + String.join(" ", scope) + "\"");
    }
}
