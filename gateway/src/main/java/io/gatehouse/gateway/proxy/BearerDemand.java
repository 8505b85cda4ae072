package io.gatehouse.gateway.proxy;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.claims.Claims;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.StandardClaims;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.gateway.http.BearerErrors;
import io.gatehouse.gateway.http.DpopErrors;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.NonceReplies;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AssertionService;
import io.gatehouse.gateway.oauth.BoundTokenInspector;
import io.gatehouse.gateway.oauth.DefaultAudience;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.TokenInspector;
import io.gatehouse.gateway.oauth.TokenInspector.Inspected;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;

/**
 * An access token that counts here and now, for this service; one that is bound to a key or to a certificate, with the proof of
 * it. No answer is remembered: each request is asked anew.
 */
final class BearerDemand implements Demand {
    private final TokenInspector inspector;
    private final AssertionService assertions;
    private final DefaultAudience defaultAudience;
    private final BoundTokenInspector boundTokens;
    private final ErrorStyle bearer = new BearerErrors();
    private final ErrorStyle dpop = new DpopErrors();
    private final NonceReplies nonces;

    BearerDemand(Protocol protocol) {
        this.boundTokens = protocol.boundTokens();
        this.nonces = new NonceReplies(protocol.dpopNonces(), dpop);
        this.inspector = protocol.inspector();
        this.assertions = protocol.assertions();
        this.defaultAudience = protocol.defaultAudience();
    }

    @Override
    public Future<Verdict> meet(Route route, Visit visit) {
        String bound = visit.exchange().dpopToken();
        if (bound != null) {
            return meetBound(route, visit, bound);
        }
        String token = visit.exchange().bearerToken();
        if (token == null) {
            Verdict asked = new Verdict.Answered(route, scoped(BearerErrors.askForToken(), route));
            return Future.succeededFuture(asked);
        }
        return inspector
                .show(route.tenant(), token, visit.certificate())
                .compose(found -> pass(route, token, found))
                .otherwise(failure -> answer(route, failure, bearer));
    }

    /** RFC 9449, section 7.1. */
    private Future<Verdict> meetBound(Route route, Visit visit, String token) {
        return boundTokens
                .inspect(route.tenant(), token, DoorProof.of(visit))
                .compose(found -> pass(route, token, found))
                .recover(failure ->
                        nonces.recover(route.tenant(), failure).map(reply -> new Verdict.Answered(route, reply)))
                .otherwise(failure -> answer(route, failure, dpop));
    }

    private Future<Verdict> pass(Route route, String text, Inspected found) {
        AccessToken token = found.token();
        check(route, token);
        Identity identity = Identity.of(token);
        String audience = route.assertionAudience();
        Future<Identity> told = audience == null
                ? Future.succeededFuture(identity)
                : assertions.ofToken(found, text, audience).map(identity::assertedBy);
        return told.map(whole -> new Verdict.Passed(route, whole, () -> inspector.counts(token), List.of()));
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
        if (route.secondFactor() && !SecondFactor.isIn(token.amr())) {
            throw OAuthError.failure(
                    Code.INSUFFICIENT_USER_AUTHENTICATION,
                    "the user must log in by two factors: ask for a token with these acr_values");
        }
        if (!route.roles().isEmpty() && Collections.disjoint(route.roles(), token.roles())) {
            throw Refused.because("the subject has no role that is needed here");
        }
        if (!route.admits(() -> claims(token))) {
            throw Refused.because("whoever sends the request does not meet what is demanded here");
        }
    }

    private static Claims claims(AccessToken token) {
        return new Claims(
                token.subject(),
                token.actsForUser() ? "user" : "client",
                token.clientId(),
                token.family().claim(),
                token.scope().values(),
                token.roles(),
                token.audience());
    }

    private static Verdict answer(Route route, Throwable failure, ErrorStyle style) {
        return new Verdict.Answered(route, refusal(Incidents.error(failure), route, style));
    }

    private static Reply refusal(OAuthError error, Route route, ErrorStyle style) {
        // The tenant of the route: not the sender's affair.
        OAuthError told = error instanceof OAuthError.NotFound
                ? new OAuthError.Protocol(Code.ACCESS_DENIED, "the route's tenant does not exist")
                : error;
        Reply reply = style.render(told);
        if (is(told, Code.INSUFFICIENT_USER_AUTHENTICATION)) {
            // RFC 9470, section 3
            return reply.extending("WWW-Authenticate", ", acr_values=\"" + StandardClaims.ACR_TWO_FACTORS + "\"");
        }
        return is(told, Code.INSUFFICIENT_SCOPE) ? scoped(reply, route) : reply;
    }

    private static boolean is(OAuthError error, Code code) {
        return error instanceof OAuthError.Protocol protocol && protocol.code() == code;
    }

    /** RFC 6750, section 3: what it takes. */
    private static Reply scoped(Reply reply, Route route) {
        List<String> scope = route.scope().values();
        return scope.isEmpty()
                ? reply
                : reply.extending("WWW-Authenticate", ", scope=\"" + String.join(" ", scope) + "\"");
    }
}
