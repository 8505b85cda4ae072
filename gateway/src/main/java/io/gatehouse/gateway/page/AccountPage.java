package io.gatehouse.gateway.page;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.BrowserSessions;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.page.html.JteaccountGenerated;
import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a user sees of the own account, and its forms but for the password. */
final class AccountPage {
    private final Pages pages;
    private final PagePaths paths;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final AccountForms forms;
    private final BrowserSessions sessions;

    AccountPage(PageParts parts, AccountForms forms, BrowserSessions sessions) {
        this.pages = parts.pages();
        this.paths = parts.paths();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.forms = forms;
        this.sessions = sessions;
    }

    /** GET /account. */
    Future<Reply> show(Exchange exchange) {
        SessionToken session = cookie.read(exchange);
        return session == null
                ? Future.succeededFuture(login(exchange))
                : sessions.overview(exchange.tenant(), session.proof()).compose(seen -> {
                    Sessions.Current current = seen.session();
                    return current == null ? Future.succeededFuture(login(exchange)) : page(exchange, current, seen);
                });
    }

    /** To whoever shows no session that counts. */
    Reply login(Exchange exchange) {
        return Reply.redirect(303, paths.of(exchange.tenant(), PagePaths.LOGIN));
    }

    private Future<Reply> page(Exchange exchange, Sessions.Current current, Sessions.Overviewed seen) {
        Browser browser = browsers.of(exchange);
        AccountState state = new AccountState(current.sid(), current.user().username());
        return forms.box(exchange.tenant(), browser, state)
                .compose(box -> pages.look(exchange).map(look -> {
                    Frame frame = look.frame(look.texts().get("account.title"));
                    AccountView view = AccountView.of(current, seen, look, box, notice(exchange));
                    return browser.marked(look.page(200, out -> JteaccountGenerated.render(out, null, frame, view)));
                }));
    }

    /** What the form before came to. Anybody can write such a link: it chooses one of our texts, and no more. */
    private static @Nullable String notice(Exchange exchange) {
        return switch (Objects.requireNonNullElse(exchange.rawQuery(), "")) {
            case "done=password" -> "account.notice.password_changed";
            case "done=session" -> "account.notice.session_ended";
            case "done=consent" -> "account.notice.consent_withdrawn";
            case "done=factor_removed" -> "account.notice.factor_removed";
            case "done=nothing" -> "account.notice.gone";
            default -> null;
        };
    }

    /** Back to the page, which then says so. */
    Reply done(Exchange exchange, String what) {
        return Reply.redirect(303, paths.of(exchange.tenant(), PagePaths.ACCOUNT) + "?done=" + what);
    }

    /** POST /account/sessions/end. */
    Future<Reply> endSession(Exchange exchange) {
        return forms.received(exchange, (from, sent) -> {
            SessionId other = SessionId.parse(sent.fields().require("sid"));
            if (other == null) {
                throw OAuthError.failure(Code.INVALID_REQUEST, "sid names no session");
            }
            return other.equals(sent.session().proof().id())
                    ? loggedOut(from, sent)
                    : sessions.end(from.tenant(), sent.session().proof(), other.sid())
                            .map(ended -> done(from, ended ? "session" : "nothing"));
        });
    }

    /** POST /account/consents/withdraw. */
    Future<Reply> withdrawConsent(Exchange exchange) {
        return forms.received(
                exchange,
                (from, sent) -> sessions.withdraw(
                                from.tenant(),
                                sent.session().proof(),
                                sent.fields().require("client_id"))
                        .map(withdrawn -> done(from, withdrawn ? "consent" : "nothing")));
    }

    /** POST /account/logout. */
    Future<Reply> logOut(Exchange exchange) {
        return forms.received(exchange, this::loggedOut);
    }

    /** Without a session the logout page only says that there is none. */
    private Future<Reply> loggedOut(Exchange exchange, AccountForms.Sent sent) {
        Reply next = Reply.redirect(303, paths.of(exchange.tenant(), PagePaths.LOGOUT));
        return sessions.end(exchange.tenant(), sent.session().proof(), null)
                .map(ended -> cookie.remove(next, exchange.tenant()));
    }
}
