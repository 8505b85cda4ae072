package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.http.ProblemErrors;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.page.Browser;
import io.gatehouse.gateway.page.ServicePages;
import io.gatehouse.gateway.page.ServiceParts;
import io.gatehouse.gateway.page.ServiceVisit;
import io.vertx.core.Future;
import java.time.Clock;

/** What somebody gets who is not logged in: who opens a page is sent to the login and comes back to it; all others are told. */
final class LoginWay {
    /** Of a path and query to come back to: the way there is a URL, and more would not fit into it. */
    private static final int LONGEST_TARGET = 1_500;

    private final ServiceParts services;
    private final ServicePages pages;
    private final Clock clock;

    LoginWay(ServiceParts services, ServicePages pages, Clock clock) {
        this.services = services;
        this.pages = pages;
        this.clock = clock;
    }

    Future<Reply> reply(Route route, Visit visit) {
        if (!PageVisit.is(visit)) {
            return Future.succeededFuture(challenged(ProblemErrors.problem(
                    401,
                    route.secondFactor()
                            ? "nobody is logged in here by two factors: open the page in a browser and log in"
                            : "nobody is logged in here: open the page in a browser and log in")));
        }
        return PageVisit.canComeBack(visit.request().method())
                ? toLogin(route, visit)
                : pages.over(visit.exchange(), route.tenant(), target(visit)).map(LoginWay::challenged);
    }

    private Future<Reply> toLogin(Route route, Visit visit) {
        Browser browser = services.cookies().nonce(visit.exchange());
        ServiceVisit wanted = new ServiceVisit(
                route.tenant(),
                visit.request().host().text(),
                target(visit),
                route.maxAge() == null ? -1 : route.maxAge().toSeconds(),
                browser.digest(),
                clock.instant(),
                route.secondFactor());
        return services.boxes().sealVisit(wanted).map(box -> {
            Reply reply = Reply.redirect(302, services.login(route.tenant(), box));
            return browser.cookie() == null ? reply : reply.with("Set-Cookie", browser.cookie());
        });
    }

    private static String target(Visit visit) {
        String target = visit.request().target();
        return target.length() > LONGEST_TARGET ? "/" : target;
    }

    /** RFC 9110, section 15.5.2, asks for one. */
    private static Reply challenged(Reply reply) {
        return reply.with("WWW-Authenticate", "Bearer realm=\"gatehouse\"");
    }
}
