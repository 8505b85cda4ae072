package io.gatehouse.gateway.page;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.gateway.http.ErrorStatus;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthorizationRequest;
import io.gatehouse.gateway.oauth.BrowserSessions;
import io.gatehouse.gateway.oauth.BrowserSessions.LoggedIn;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.Prompt;
import io.gatehouse.gateway.oauth.Step;
import io.gatehouse.gateway.page.html.JteloginGenerated;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** GET and POST /login, and the same page where an authorization request needs it. */
final class LoginPage {
    private static final String PURPOSE = "login";

    /** One showing of the page. */
    private record Showing(
            Browser browser,
            LoginState state,
            String box,
            @Nullable String hint) {}

    private final Pages pages;
    private final PageSeal seal;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final BrowserSessions sessions;
    private final LoginArrival arrival;
    private final FactorPage factor;
    private final ServiceParts services;

    LoginPage(PageParts parts, BrowserSessions sessions, Resumption resumption) {
        this.pages = parts.pages();
        this.seal = parts.seal();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.sessions = sessions;
        this.arrival = new LoginArrival(parts, resumption);
        this.factor = new FactorPage(parts, sessions.factors(), arrival);
        this.services = parts.services();
    }

    /** What follows where the password is not enough. */
    FactorPage factor() {
        return factor;
    }

    /** GET /login: somebody wants to see the own account. */
    Future<Reply> plain(Exchange exchange) {
        return show(exchange, LoginState.PLAIN, null);
    }

    Future<Reply> show(Exchange exchange, Step.LogIn step) {
        AuthorizationRequest request = step.request();
        boolean again = cookie.read(exchange) != null && (request.asks(Prompt.LOGIN) || request.maxAge() >= 0);
        return show(exchange, new LoginState(request, ClientNames.of(step.client()), again), step.hint());
    }

    /** Before anybody decides about a device. */
    Future<Reply> show(Exchange exchange, DeviceVisit visit) {
        return show(exchange, new LoginState(null, "", false, visit, null, null), null);
    }

    /** @param again whether the browser's login is too old for what it wants */
    Future<Reply> show(Exchange exchange, ServiceVisit visit, boolean again) {
        return show(exchange, new LoginState(null, visit.host(), again, null, visit, null), null);
    }

    /** Before anybody changes a second factor. */
    Future<Reply> show(Exchange exchange, EnrolmentVisit visit, boolean again) {
        return show(exchange, new LoginState(null, "", again, null, null, visit), null);
    }

    private Future<Reply> show(Exchange exchange, LoginState state, @Nullable String hint) {
        Browser browser = browsers.of(exchange);
        return seal.seal(PURPOSE, exchange.tenant(), browser, state)
                .compose(box -> page(exchange, 200, new Showing(browser, state, box, hint), null));
    }

    private Future<Reply> page(
            Exchange exchange, int status, Showing showing, @Nullable Function<Texts, String> problem) {
        LoginState state = showing.state();
        AuthorizationRequest request = state.request();
        List<String> uiLocales = request == null ? List.of() : request.uiLocales();
        return pages.look(exchange, uiLocales).map(look -> {
            LoginView view = new LoginView(
                    look.path(PagePaths.LOGIN),
                    showing.box(),
                    state.clientName(),
                    showing.hint(),
                    problem == null ? null : problem.apply(look.texts()),
                    state.reauthenticate(),
                    state.device() != null);
            Frame frame = look.frame(look.texts().get("login.title"));
            String target = request == null ? services.originOf(state.service()) : request.redirectUri();
            return showing.browser()
                    .marked(look.page(status, target, false, out -> JteloginGenerated.render(out, null, frame, view)));
        });
    }

    /** POST /login. */
    Future<Reply> submit(Exchange exchange) {
        Parameters form = FormBody.read(exchange);
        Browser browser = browsers.find(exchange);
        String box = form.get("request");
        return seal.open(PURPOSE, exchange.tenant(), browser, box, LoginState.class)
                .compose(state -> browser == null || box == null || state == null
                        ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.LOGIN))
                        : logIn(exchange, LoginFields.read(form), browser, state, box));
    }

    private Future<Reply> logIn(Exchange exchange, LoginFields fields, Browser browser, LoginState state, String box) {
        Showing again = new Showing(browser, state, box, fields.hint());
        if (!fields.isComplete()) {
            return page(exchange, 400, again, texts -> texts.get("login.problem.incomplete"));
        }
        if (fields.isOutOfBounds()) {
            return page(exchange, 400, again, problem(Rejection.BAD_CREDENTIALS));
        }
        return sessions.logIn(new BrowserSessions.Login(
                        exchange.tenant(),
                        fields.loginName(),
                        fields.password(),
                        exchange.clientAddress(),
                        cookie.read(exchange),
                        DeviceName.of(exchange.header("user-agent"))))
                .compose(loggedIn -> switch (loggedIn) {
                    case LoggedIn.Begun begun -> arrival.reply(exchange, browser, state, begun.token());
                    case LoggedIn.FactorNeeded needed -> factor.show(exchange, browser, state, needed.password());
                    case LoggedIn.Rejected rejected -> page(exchange, 400, again, problem(rejected.reason()));
                })
                .recover(failure -> failure instanceof OAuthFailure known
                        ? unanswered(exchange, again, known.error())
                        : Future.failedFuture(failure));
    }

    /** The password was not looked at. */
    private Future<Reply> unanswered(Exchange exchange, Showing again, OAuthError error) {
        Function<Texts, String> problem = switch (error) {
            case OAuthError.Throttled throttled ->
                texts -> texts.get("login.problem.throttled", texts.duration(throttled.retryAfter()));
            case OAuthError.Unavailable unavailable -> texts -> texts.get("login.problem.unavailable");
            case OAuthError.Protocol other -> null;
            case OAuthError.NotFound other -> null;
            case OAuthError.Conflict other -> null;
            case OAuthError.Defect other -> null;
        };
        return problem == null
                ? Future.failedFuture(error.failure())
                : page(exchange, ErrorStatus.of(error), again, problem)
                        .map(reply -> ErrorStatus.retryable(reply, error));
    }

    /** Whoever is unknown reads what a wrong password reads. */
    private static Function<Texts, String> problem(Rejection reason) {
        String key = "login.problem."
                + switch (reason) {
                    case BAD_CREDENTIALS -> "bad_credentials";
                    case PENDING -> "pending";
                    case SUSPENDED, DEACTIVATED, BLOCKED -> "not_active";
                    case EMAIL_NOT_VERIFIED, PHONE_NOT_VERIFIED -> "not_verified";
                    case CLIENT_NOT_ALLOWED, SECOND_FACTOR_NEEDED -> "client_not_allowed";
                };
        return texts -> texts.get(key);
    }
}
