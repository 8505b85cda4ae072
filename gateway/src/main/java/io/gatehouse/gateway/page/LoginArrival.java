package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.SessionToken;
import io.vertx.core.Future;

/** Where a login leads, whichever page it ended on. */
final class LoginArrival {
    private final SessionCookie cookie;
    private final Resumption resumption;

    LoginArrival(PageParts parts, Resumption resumption) {
        this.cookie = parts.cookie();
        this.resumption = resumption;
    }

    /** @param token of the session that has begun */
    Future<Reply> reply(Exchange exchange, Browser browser, LoginState state, SessionToken token) {
        String tenant = exchange.tenant();
        return back(tenant, browser, state).map(reply -> cookie.set(reply, tenant, token));
    }

    private Future<Reply> back(String tenant, Browser browser, LoginState state) {
        if (state.enrolment() != null) {
            return resumption.toEnrolment(tenant, browser, state.enrolment());
        }
        if (state.service() != null) {
            return resumption.toService(state.service());
        }
        return state.device() == null
                ? resumption.after(tenant, browser, state.request())
                : resumption.toDevice(tenant, browser, state.device());
    }
}
