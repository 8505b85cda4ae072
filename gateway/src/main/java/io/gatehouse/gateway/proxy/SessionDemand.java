package io.gatehouse.gateway.proxy;

import io.gatehouse.common.claims.Claims;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.gateway.http.ProblemErrors;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AssertionService;
import io.gatehouse.gateway.oauth.ServiceSessions;
import io.gatehouse.gateway.oauth.ServiceSessions.Counting;
import io.gatehouse.gateway.page.ServicePages;
import io.gatehouse.gateway.page.ServiceParts;
import io.gatehouse.gateway.page.ServiceSession;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * A browser that is logged in, here as at the issuer: the session at the service's host is a child of that one and ends with
 * it.
 */
final class SessionDemand implements Demand {
    private final ServiceSessions sessions;
    private final AssertionService assertions;
    private final ServiceParts services;
    private final ServicePages pages;
    private final LoginWay login;
    private final Clock clock;
    private final String scheme;

    SessionDemand(
            ServiceSessions sessions,
            AssertionService assertions,
            ServiceParts services,
            ServicePages pages,
            Clock clock) {
        this.sessions = sessions;
        this.assertions = assertions;
        this.services = services;
        this.pages = pages;
        this.login = new LoginWay(services, pages, clock);
        this.clock = clock;
        this.scheme = URI.create(services.issuer()).getScheme();
    }

    @Override
    public Future<Verdict> meet(Route route, Visit visit) {
        if (CrossSite.isForged(visit, scheme)) {
            return answer(
                    route,
                    Future.succeededFuture(
                            ProblemErrors.problem(403, "the request was made by a page of another site")));
        }
        String shown = services.cookies().session(visit.exchange(), route.tenant());
        return services.boxes()
                .openSession(route.tenant(), visit.request().host().text(), shown)
                .compose(session -> session == null
                        ? answer(route, login.reply(route, visit))
                        : sessions.find(route.tenant(), session.session())
                                .compose(found -> found == null || isTooOld(route, found) || lacksFactor(route, found)
                                        ? answer(route, login.reply(route, visit))
                                        : admit(route, visit, session, found)));
    }

    private Future<Verdict> admit(Route route, Visit visit, ServiceSession session, Counting found) {
        List<String> roles = found.statement().roles();
        boolean lacksRole = !route.roles().isEmpty() && Collections.disjoint(route.roles(), roles);
        if (lacksRole || !route.admits(() -> claims(found))) {
            return answer(route, forbidden(route, visit));
        }
        return identity(route, found).compose(identity -> {
            Verdict.Passed passed = new Verdict.Passed(
                    route, identity, () -> sessions.counts(found) && !isTooOld(route, found), List.of());
            return services.boxes().isToBeRenewed(session)
                    ? renewed(passed, visit, session)
                    : Future.succeededFuture(passed);
        });
    }

    private Future<Identity> identity(Route route, Counting found) {
        SessionStatement session = found.statement();
        Identity identity = Identity.ofUser(session.subject(), session.roles());
        String audience = route.assertionAudience();
        return audience == null
                ? Future.succeededFuture(identity)
                : assertions.ofSession(found.attestation(), audience).map(identity::assertedBy);
    }

    private static Claims claims(Counting found) {
        SessionStatement session = found.statement();
        return new Claims(session.subject(), "user", null, null, List.of(), session.roles(), List.of());
    }

    /** Boxes open for a day or two: who comes every day keeps the session to its end. */
    private Future<Verdict> renewed(Verdict.Passed passed, Visit visit, ServiceSession session) {
        String tenant = passed.route().tenant();
        return services.boxes()
                .sealSession(tenant, visit.request().host().text(), session.session())
                .map(box -> passed.telling(
                        new Reply.Header("Set-Cookie", services.cookies().keeping(tenant, box))));
    }

    private Future<Reply> forbidden(Route route, Visit visit) {
        return PageVisit.is(visit)
                ? pages.forbidden(visit.exchange(), route.tenant())
                : Future.succeededFuture(ProblemErrors.problem(403, "the user has no role that is needed here"));
    }

    private static boolean lacksFactor(Route route, Counting session) {
        return route.secondFactor() && !SecondFactor.isIn(session.statement().amr());
    }

    private boolean isTooOld(Route route, Counting session) {
        Duration maxAge = route.maxAge();
        Instant oldest = maxAge == null ? Instant.MIN : clock.instant().minus(maxAge);
        return session.statement().authTime().isBefore(oldest);
    }

    private static Future<Verdict> answer(Route route, Future<Reply> reply) {
        return reply.map(told -> new Verdict.Answered(route, told));
    }
}
