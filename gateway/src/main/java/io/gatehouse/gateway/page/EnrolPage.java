package io.gatehouse.gateway.page;

import io.gatehouse.common.message.SecondFactors.Refusal;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.BrowserFactors;
import io.gatehouse.gateway.oauth.BrowserFactors.Outcome;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.RecoveryCodes;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.page.html.JteenrolGenerated;
import io.gatehouse.gateway.page.html.JterecoveryGenerated;
import io.vertx.core.Future;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The form by which a second factor is enrolled, POST /account/second-factor, and the recovery codes behind it. */
final class EnrolPage {
    private static final String PURPOSE = "enrol second factor";

    private final Pages pages;
    private final PageSeal seal;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final AccountPage account;
    private final BrowserFactors factors;
    private final Resumption resumption;
    private final String issuer;

    EnrolPage(PageParts parts, AccountPage account, BrowserFactors factors, Resumption resumption) {
        this.pages = parts.pages();
        this.seal = parts.seal();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.account = account;
        this.factors = factors;
        this.resumption = resumption;
        this.issuer = URI.create(parts.services().issuer()).getHost();
    }

    /** A form that came from our page. */
    private record Sent(Browser browser, SessionToken session, EnrolState state, String box, Parameters fields) {}

    Future<Reply> show(Exchange exchange, Browser browser, Sessions.Current current, EnrolmentVisit next) {
        String tenant = exchange.tenant();
        String subject = current.user().subject();
        return factors.make(tenant, subject).compose(made -> {
            EnrolState state = new EnrolState(
                    current.sid(), subject, current.user().username(), made.secret(), made.sealed(), next);
            return seal.seal(PURPOSE, tenant, browser, state)
                    .compose(box -> page(exchange, 200, browser, state, box, null));
        });
    }

    private Future<Reply> page(
            Exchange exchange,
            int status,
            Browser browser,
            EnrolState state,
            String box,
            @Nullable Function<Texts, String> problem) {
        SecretKey key = SecretKey.of(issuer, state.username(), state.secret().reveal());
        return pages.look(exchange).map(look -> {
            EnrolView view = new EnrolView(
                    look.path(PagePaths.SECOND_FACTOR),
                    look.path(PagePaths.ACCOUNT),
                    box,
                    key,
                    QrPicture.of(key.uri()),
                    state.next().leadsOn(),
                    problem == null ? null : problem.apply(look.texts()));
            Frame frame = look.frame(look.texts().get("enrol.title"));
            return browser.marked(look.page(status, out -> JteenrolGenerated.render(out, null, frame, view)));
        });
    }

    Future<Reply> submit(Exchange exchange) {
        Parameters fields = FormBody.read(exchange);
        Browser browser = browsers.find(exchange);
        SessionToken session = cookie.read(exchange);
        String box = fields.get("box");
        return seal.open(PURPOSE, exchange.tenant(), browser, box, EnrolState.class)
                .compose(state -> browser == null
                                || session == null
                                || box == null
                                || state == null
                                || !state.sid().equals(session.sid())
                        ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.ACCOUNT))
                        : enrol(exchange, new Sent(browser, session, state, box, fields)));
    }

    private Future<Reply> enrol(Exchange exchange, Sent sent) {
        EnrolState state = sent.state();
        List<String> codes = RecoveryCodes.fresh(SecondFactor.RECOVERY_CODES);
        BrowserFactors.Enrolling enrolling =
                new BrowserFactors.Enrolling(exchange.tenant(), sent.session(), state.subject(), state.sealed());
        return factors.enrol(enrolling, Objects.requireNonNullElse(sent.fields().get("code"), ""), codes)
                .compose(outcome -> switch (outcome) {
                    case Outcome.Done done -> enrolled(exchange, sent, done.token(), codes);
                    case Outcome.Refused refused -> refused(exchange, sent, refused.reason());
                })
                .recover(failure ->
                        FactorProblem.unanswered(failure, (status, problem) -> again(exchange, status, sent, problem)));
    }

    private Future<Reply> enrolled(Exchange exchange, Sent sent, SessionToken token, List<String> codes) {
        String tenant = exchange.tenant();
        return resumption
                .onward(tenant, sent.browser(), sent.state().next())
                .compose(next -> pages.look(exchange).map(look -> {
                    RecoveryView view = new RecoveryView(codes, next);
                    Frame frame = look.frame(look.texts().get("recovery.title"));
                    Reply reply = look.page(200, out -> JterecoveryGenerated.render(out, null, frame, view));
                    return cookie.set(reply, tenant, token);
                }));
    }

    private Future<Reply> refused(Exchange exchange, Sent sent, Refusal reason) {
        return switch (reason) {
            case WRONG_CODE -> again(exchange, 400, sent, FactorProblem.wrong());
            case OVER -> Future.succeededFuture(account.login(exchange));
            case NOT_RECENT, CHANGED_MEANWHILE -> Future.succeededFuture(account.done(exchange, "nothing"));
        };
    }

    private Future<Reply> again(Exchange exchange, int status, Sent sent, Function<Texts, String> problem) {
        return page(exchange, status, sent.browser(), sent.state(), sent.box(), problem);
    }
}
