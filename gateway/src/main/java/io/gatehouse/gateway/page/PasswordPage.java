package io.gatehouse.gateway.page;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Sessions.PasswordRefusal;
import io.gatehouse.gateway.http.ErrorStatus;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.BrowserSessions;
import io.gatehouse.gateway.oauth.BrowserSessions.PasswordChanged;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.page.html.JtepasswordGenerated;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** GET and POST /account/password. */
final class PasswordPage {
    private final Pages pages;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final AccountForms forms;
    private final AccountPage account;
    private final BrowserSessions sessions;

    PasswordPage(PageParts parts, AccountForms forms, AccountPage account, BrowserSessions sessions) {
        this.pages = parts.pages();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.forms = forms;
        this.account = account;
        this.sessions = sessions;
    }

    Future<Reply> show(Exchange exchange) {
        SessionToken session = cookie.read(exchange);
        return session == null
                ? Future.succeededFuture(account.login(exchange))
                : sessions.find(exchange.tenant(), session.proof())
                        .compose(current -> current == null
                                ? Future.succeededFuture(account.login(exchange))
                                : page(
                                        exchange,
                                        200,
                                        browsers.of(exchange),
                                        new AccountState(
                                                current.sid(), current.user().username()),
                                        null));
    }

    private Future<Reply> page(
            Exchange exchange, int status, Browser browser, AccountState state, @Nullable PasswordProblem problem) {
        return forms.box(exchange.tenant(), browser, state)
                .compose(box -> pages.look(exchange).map(look -> {
                    Frame frame = look.frame(look.texts().get("password.title"));
                    PasswordView view = new PasswordView(look.path(PagePaths.ACCOUNT), box, state.username(), problem);
                    return browser.marked(
                            look.page(status, out -> JtepasswordGenerated.render(out, null, frame, view)));
                }));
    }

    Future<Reply> submit(Exchange exchange) {
        return forms.received(exchange, (from, sent) -> {
            PasswordProblem flaw = PasswordProblem.of(sent.fields());
            return flaw == null ? change(from, sent) : page(from, 400, sent.browser(), sent.state(), flaw);
        });
    }

    private Future<Reply> change(Exchange exchange, AccountForms.Sent sent) {
        Parameters fields = sent.fields();
        return sessions.changePassword(
                        exchange.tenant(),
                        sent.session(),
                        Secret.of(fields.require(PasswordProblem.CURRENT)),
                        Secret.of(fields.require(PasswordProblem.NEW)),
                        exchange.clientAddress())
                .compose(change -> switch (change) {
                    case PasswordChanged.Changed changed ->
                        Future.succeededFuture(
                                cookie.set(account.done(exchange, "password"), exchange.tenant(), changed.token()));
                    case PasswordChanged.Refused refused -> refused(exchange, sent, refused.reason());
                })
                .recover(failure -> throttled(exchange, sent, failure));
    }

    private Future<Reply> refused(Exchange exchange, AccountForms.Sent sent, PasswordRefusal reason) {
        PasswordProblem problem = PasswordProblem.of(reason);
        return problem == null
                ? Future.succeededFuture(account.login(exchange))
                : page(exchange, 400, sent.browser(), sent.state(), problem);
    }

    private Future<Reply> throttled(Exchange exchange, AccountForms.Sent sent, Throwable failure) {
        return failure instanceof OAuthFailure known && known.error() instanceof OAuthError.Throttled throttled
                ? page(
                                exchange,
                                ErrorStatus.of(throttled),
                                sent.browser(),
                                sent.state(),
                                PasswordProblem.throttled(throttled.retryAfter()))
                        .map(reply -> ErrorStatus.retryable(reply, throttled))
                : Future.failedFuture(failure);
    }
}
