package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Sessions;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.BrowserSessions;
import io.gatehouse.gateway.oauth.EndSession;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.page.html.Jtelogged_outGenerated;
import io.gatehouse.gateway.page.html.JtelogoutGenerated;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The question whether to log out, where it must be asked, and what comes after it. */
final class LogoutPage {
    private static final String PURPOSE = "logout";

    private final Pages pages;
    private final PagePaths paths;
    private final PageSeal seal;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final BrowserSessions sessions;

    LogoutPage(PageParts parts, BrowserSessions sessions) {
        this.pages = parts.pages();
        this.paths = parts.paths();
        this.seal = parts.seal();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.sessions = sessions;
    }

    /** @param target where it leads in the end; null: to a page that says it is done */
    Future<Reply> asked(Exchange exchange, EndSession.Good request, @Nullable String target, List<String> uiLocales) {
        SessionToken session = cookie.read(exchange);
        return session == null
                ? over(exchange, target, uiLocales)
                : sessions.find(exchange.tenant(), session.proof()).compose(current -> {
                    if (current == null) {
                        return over(exchange, target, uiLocales).map(reply -> without(reply, exchange));
                    }
                    return request.means(current)
                            ? sessions.end(exchange.tenant(), session.proof(), null)
                                    .compose(ended -> over(exchange, target, uiLocales))
                                    .map(reply -> without(reply, exchange))
                            : question(exchange, request, current, target, uiLocales);
                });
    }

    private Reply without(Reply reply, Exchange exchange) {
        return cookie.remove(reply, exchange.tenant());
    }

    /** Nobody is logged in any more. */
    private Future<Reply> over(Exchange exchange, @Nullable String target, List<String> uiLocales) {
        return target != null
                ? Future.succeededFuture(Reply.redirect(303, target))
                : pages.look(exchange, uiLocales).map(look -> {
                    Frame frame = look.frame(look.texts().get("logged_out.title"));
                    LoggedOutView view = new LoggedOutView(look.path(PagePaths.LOGIN));
                    return look.page(200, out -> Jtelogged_outGenerated.render(out, null, frame, view));
                });
    }

    private Future<Reply> question(
            Exchange exchange,
            EndSession.Good request,
            Sessions.Current current,
            @Nullable String target,
            List<String> uiLocales) {
        Browser browser = browsers.of(exchange);
        String clientName = request.client() == null ? null : ClientNames.of(request.client());
        return seal.seal(PURPOSE, exchange.tenant(), browser, new LogoutState(current.sid(), target))
                .compose(box -> pages.look(exchange, uiLocales).map(look -> {
                    Frame frame = look.frame(look.texts().get("logout.title"));
                    LogoutView view = new LogoutView(
                            look.path(PagePaths.LOGOUT),
                            box,
                            AccountView.nameOf(current.user()),
                            look.path(PagePaths.ACCOUNT),
                            clientName);
                    return browser.marked(
                            look.page(200, target, false, out -> JtelogoutGenerated.render(out, null, frame, view)));
                }));
    }

    /** @param box as the question's form brings it */
    Future<Reply> confirmed(Exchange exchange, String box) {
        SessionToken session = cookie.read(exchange);
        return seal.open(PURPOSE, exchange.tenant(), browsers.find(exchange), box, LogoutState.class)
                .compose(state ->
                        session == null || state == null || !state.sid().equals(session.sid())
                                ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.LOGOUT))
                                : sessions.end(exchange.tenant(), session.proof(), null)
                                        .map(ended -> without(Reply.redirect(303, next(exchange, state)), exchange)));
    }

    /** Without a session, and asked for nothing, our own path says that it is done. */
    private String next(Exchange exchange, LogoutState state) {
        return state.target() == null ? paths.of(exchange.tenant(), PagePaths.LOGOUT) : state.target();
    }

    /** Nobody is logged out, and nobody sent anywhere. */
    Future<Reply> refused(Exchange exchange, EndSession.Flaw flaw, List<String> uiLocales) {
        String message = switch (flaw) {
            case UNKNOWN_CLIENT -> "error.unknown_client";
            case HINT -> "error.logout_hint";
            case REDIRECT_URI -> "error.logout_redirect";
        };
        return pages.look(exchange, uiLocales).map(look -> ErrorPage.refused(look, message));
    }
}
