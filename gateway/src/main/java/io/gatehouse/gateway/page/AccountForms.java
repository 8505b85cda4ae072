package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.SessionToken;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What all forms of the account have in common: only this browser, in this session, can have been shown them. */
final class AccountForms {
    private static final String PURPOSE = "account";

    /** A form that came from our page. */
    record Sent(Browser browser, SessionToken session, AccountState state, Parameters fields) {}

    /** What a form does. */
    interface Action {
        Future<Reply> on(Exchange exchange, Sent sent);
    }

    private final Pages pages;
    private final PageSeal seal;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;

    AccountForms(PageParts parts) {
        this.pages = parts.pages();
        this.seal = parts.seal();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
    }

    /** The field of a form that is about to be shown. */
    Future<String> box(String tenant, Browser browser, AccountState state) {
        return seal.seal(PURPOSE, tenant, browser, state);
    }

    Future<Reply> received(Exchange exchange, Action action) {
        Parameters fields = FormBody.read(exchange);
        Browser browser = browsers.find(exchange);
        SessionToken session = cookie.read(exchange);
        return seal.open(PURPOSE, exchange.tenant(), browser, fields.get("box"), AccountState.class)
                .compose(state -> browser == null || session == null || !isOf(session, state)
                        ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.ACCOUNT))
                        : action.on(exchange, new Sent(browser, session, state, fields)));
    }

    private static boolean isOf(SessionToken session, @Nullable AccountState state) {
        return state != null && state.sid().equals(session.sid());
    }
}
