package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.SecondFactors.Refusal;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthorizationRequest;
import io.gatehouse.gateway.oauth.BrowserFactors;
import io.gatehouse.gateway.oauth.BrowserFactors.Outcome;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.page.html.JtefactorGenerated;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The second step of a login, behind the password; POST /login/code. */
final class FactorPage {
    private static final String PURPOSE = "second factor";

    /** One showing of the page. */
    private record Showing(Browser browser, FactorState state, String box) {}

    private final Pages pages;
    private final PageSeal seal;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final ServiceParts services;
    private final BrowserFactors factors;
    private final LoginArrival arrival;

    FactorPage(PageParts parts, BrowserFactors factors, LoginArrival arrival) {
        this.pages = parts.pages();
        this.seal = parts.seal();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.services = parts.services();
        this.factors = factors;
        this.arrival = arrival;
    }

    /** @param password of the user who just showed it */
    Future<Reply> show(Exchange exchange, Browser browser, LoginState login, Attestation password) {
        FactorState state = new FactorState(login, password);
        return seal.seal(PURPOSE, exchange.tenant(), browser, state)
                .compose(box -> page(exchange, 200, new Showing(browser, state, box), null));
    }

    private Future<Reply> page(
            Exchange exchange, int status, Showing showing, @Nullable Function<Texts, String> problem) {
        LoginState login = showing.state().login();
        AuthorizationRequest request = login.request();
        List<String> uiLocales = request == null ? List.of() : request.uiLocales();
        return pages.look(exchange, uiLocales).map(look -> {
            FactorView view = new FactorView(
                    look.path(PagePaths.LOGIN_CODE),
                    showing.box(),
                    problem == null ? null : problem.apply(look.texts()),
                    false,
                    look.path(PagePaths.ACCOUNT));
            Frame frame = look.frame(look.texts().get("factor.title"));
            String target = request == null ? services.originOf(login.service()) : request.redirectUri();
            return showing.browser()
                    .marked(look.page(status, target, false, out -> JtefactorGenerated.render(out, null, frame, view)));
        });
    }

    Future<Reply> submit(Exchange exchange) {
        Parameters form = FormBody.read(exchange);
        Browser browser = browsers.find(exchange);
        String box = form.get("box");
        return seal.open(PURPOSE, exchange.tenant(), browser, box, FactorState.class)
                .compose(state -> browser == null || box == null || state == null
                        ? tooOld(exchange)
                        : logIn(exchange, new Showing(browser, state, box), form));
    }

    private Future<Reply> logIn(Exchange exchange, Showing showing, Parameters form) {
        BrowserFactors.Login login = new BrowserFactors.Login(
                exchange.tenant(),
                showing.state().password(),
                exchange.clientAddress(),
                cookie.read(exchange),
                DeviceName.of(exchange.header("user-agent")));
        return factors.logIn(login, Objects.requireNonNullElse(form.get("code"), ""))
                .compose(outcome -> switch (outcome) {
                    case Outcome.Done done ->
                        arrival.reply(
                                exchange, showing.browser(), showing.state().login(), done.token());
                    case Outcome.Refused refused ->
                        refused.reason() == Refusal.WRONG_CODE
                                ? page(exchange, 400, showing, FactorProblem.wrong())
                                : tooOld(exchange);
                })
                .recover(failure -> FactorProblem.unanswered(
                        failure, (status, problem) -> page(exchange, status, showing, problem)));
    }

    private Future<Reply> tooOld(Exchange exchange) {
        return pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.LOGIN));
    }
}
