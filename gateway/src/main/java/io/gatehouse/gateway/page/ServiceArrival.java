package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.ServiceSessions;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The end of a handover: the browser that began the visit, and no other, keeps a session at the service's host. */
final class ServiceArrival {
    private final Pages pages;
    private final ServiceBoxes boxes;
    private final ServiceCookies cookies;
    private final ServiceSessions sessions;

    ServiceArrival(Pages pages, ServiceParts services, ServiceSessions sessions) {
        this.pages = pages;
        this.boxes = services.boxes();
        this.cookies = services.cookies();
        this.sessions = sessions;
    }

    /**
     * At the visit's own host.
     *
     * @param code a sealed handover; null: the request has none
     */
    Future<Reply> enter(Exchange exchange, ServiceVisit visit, @Nullable String code) {
        Browser browser = cookies.shownNonce(exchange);
        if (browser == null && cookies.session(exchange, visit.tenant()) == null) {
            return refused(exchange, visit, "service.no_cookie");
        }
        if (browser == null || !browser.digest().equals(visit.nonce())) {
            // Another window of this browser was faster: with what that one left, it begins again.
            return Future.succeededFuture(Reply.redirect(303, visit.target()));
        }
        return code == null
                ? refused(exchange, visit, "service.too_late")
                : boxes.openHandover(visit, browser, code)
                        .compose(handover -> handover == null
                                ? refused(exchange, visit, "service.too_late")
                                : spend(exchange, visit, code, handover));
    }

    private Future<Reply> spend(Exchange exchange, ServiceVisit visit, String code, ServiceSession handover) {
        return sessions.spend(
                        visit.tenant(),
                        visit.host(),
                        code,
                        handover.sealedAt(),
                        handover.sealedAt().plus(ServiceBoxes.ON_THE_WAY))
                .compose(first ->
                        first ? keep(exchange, visit, handover) : refused(exchange, visit, "service.too_late"));
    }

    /** Where the session ended meanwhile, the target asks for a login. */
    private Future<Reply> keep(Exchange exchange, ServiceVisit visit, ServiceSession handover) {
        Reply there = cookies.withoutNonce(exchange, Reply.redirect(303, visit.target()));
        return sessions.find(visit.tenant(), handover.session())
                .compose(found -> found == null
                        ? Future.succeededFuture(there)
                        : boxes.sealSession(visit.tenant(), visit.host(), handover.session())
                                .map(box -> there.with("Set-Cookie", cookies.keeping(visit.tenant(), box))));
    }

    private Future<Reply> refused(Exchange exchange, ServiceVisit visit, String message) {
        return pages.look(exchange, visit.tenant())
                .map(look -> ErrorPage.again(look, 400, look.texts().get(message), visit.target()));
    }
}
