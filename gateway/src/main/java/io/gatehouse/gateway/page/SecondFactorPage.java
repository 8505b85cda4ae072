package io.gatehouse.gateway.page;

import io.gatehouse.common.message.SecondFactors.Refusal;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.BrowserFactors.Outcome;
import io.gatehouse.gateway.oauth.BrowserSessions;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.page.html.JtefactorGenerated;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * GET /account/second-factor, which leads to the form that is needed, and POST of the one that takes the second factor away. A
 * session by two factors is of somebody who has two: a change of that ends all other sessions.
 */
final class SecondFactorPage {
    private final Pages pages;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final AccountForms forms;
    private final AccountPage account;
    private final BrowserSessions sessions;
    private final LoginPage login;
    private final EnrolPage enrol;
    private final Resumption resumption;
    private final Clock clock;

    SecondFactorPage(
            PageParts parts,
            AccountForms forms,
            AccountPage account,
            BrowserSessions sessions,
            Resumption resumption,
            Clock clock) {
        this.pages = parts.pages();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.forms = forms;
        this.account = account;
        this.sessions = sessions;
        this.login = new LoginPage(parts, sessions, resumption);
        this.enrol = new EnrolPage(parts, account, sessions.factors(), resumption);
        this.resumption = resumption;
        this.clock = clock;
    }

    EnrolPage enrol() {
        return enrol;
    }

    Future<Reply> show(Exchange exchange) {
        SessionToken session = cookie.read(exchange);
        return resumption
                .openEnrolment(
                        exchange.tenant(),
                        browsers.find(exchange),
                        HandoverPage.query(exchange).get("next"))
                .compose(next -> session == null
                        ? login.show(exchange, next, false)
                        : sessions.find(exchange.tenant(), session.proof())
                                .compose(current -> current == null || !isRecent(current)
                                        ? login.show(exchange, next, current != null)
                                        : show(exchange, current, next)));
    }

    private boolean isRecent(Sessions.Current session) {
        return !session.authTime().isBefore(clock.instant().minus(SecondFactor.RECENT));
    }

    private Future<Reply> show(Exchange exchange, Sessions.Current current, EnrolmentVisit next) {
        Browser browser = browsers.of(exchange);
        if (!SecondFactor.isIn(current.amr())) {
            return enrol.show(exchange, browser, current, next);
        }
        return next.leadsOn()
                ? resumption.onward(exchange.tenant(), browser, next).map(link -> Reply.redirect(303, link))
                : removal(
                        exchange,
                        200,
                        browser,
                        new AccountState(current.sid(), current.user().username()),
                        null);
    }

    private Future<Reply> removal(
            Exchange exchange,
            int status,
            Browser browser,
            AccountState state,
            @Nullable Function<Texts, String> problem) {
        return forms.box(exchange.tenant(), browser, state)
                .compose(box -> pages.look(exchange).map(look -> {
                    FactorView view = new FactorView(
                            look.path(PagePaths.SECOND_FACTOR) + "/remove",
                            box,
                            problem == null ? null : problem.apply(look.texts()),
                            true,
                            look.path(PagePaths.ACCOUNT));
                    Frame frame = look.frame(look.texts().get("factor.remove.title"));
                    return browser.marked(look.page(status, out -> JtefactorGenerated.render(out, null, frame, view)));
                }));
    }

    /** POST /account/second-factor/remove. */
    Future<Reply> remove(Exchange exchange) {
        return forms.received(
                exchange,
                (from, sent) -> sessions.factors()
                        .remove(
                                from.tenant(),
                                sent.session(),
                                from.clientAddress(),
                                Objects.requireNonNullElse(sent.fields().get("code"), ""))
                        .compose(outcome -> switch (outcome) {
                            case Outcome.Done done ->
                                Future.succeededFuture(
                                        cookie.set(account.done(from, "factor_removed"), from.tenant(), done.token()));
                            case Outcome.Refused refused -> refused(from, sent, refused.reason());
                        })
                        .recover(failure -> FactorProblem.unanswered(
                                failure,
                                (status, problem) -> removal(from, status, sent.browser(), sent.state(), problem))));
    }

    private Future<Reply> refused(Exchange exchange, AccountForms.Sent sent, Refusal reason) {
        return switch (reason) {
            case WRONG_CODE -> removal(exchange, 400, sent.browser(), sent.state(), FactorProblem.wrong());
            case OVER -> Future.succeededFuture(account.login(exchange));
            case NOT_RECENT -> login.show(exchange, EnrolmentVisit.PLAIN, true);
            case CHANGED_MEANWHILE -> Future.succeededFuture(account.done(exchange, "nothing"));
        };
    }
}
