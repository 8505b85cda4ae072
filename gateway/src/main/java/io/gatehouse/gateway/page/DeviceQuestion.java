package io.gatehouse.gateway.page;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.DeviceDecision;
import io.gatehouse.gateway.oauth.DeviceDecision.Outcome;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.page.html.Jtedevice_questionGenerated;
import io.vertx.core.Future;

/**
 * The question whether a device may have what it asks for, and POST /device/decision, its answer. Nothing that was allowed
 * before answers it: somebody else may have begun this (RFC 8628, section 5.4).
 */
final class DeviceQuestion {
    private static final String PURPOSE = "device decision";

    private final Pages pages;
    private final PagePaths paths;
    private final PageSeal seal;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final DeviceDecision decisions;
    private final LoginPage login;

    DeviceQuestion(PageParts parts, DeviceDecision decisions, LoginPage login) {
        this.pages = parts.pages();
        this.paths = parts.paths();
        this.seal = parts.seal();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.decisions = decisions;
        this.login = login;
    }

    /** @param userCode as it is shown, to compare */
    Future<Reply> show(Exchange exchange, Browser browser, DeviceDecision.Question asked, String userCode) {
        DeviceState state = new DeviceState(asked.sid(), asked.waiting(), asked.consentEpoch(), userCode);
        return seal.seal(PURPOSE, exchange.tenant(), browser, state)
                .compose(box -> pages.look(exchange).map(look -> {
                    Frame frame = look.frame(look.texts().get("connect.question.title"));
                    DeviceQuestionView view = DeviceQuestionView.of(asked, userCode, look, box);
                    return browser.marked(
                            look.page(200, out -> Jtedevice_questionGenerated.render(out, null, frame, view)));
                }));
    }

    /** Only this browser, in this session, can have been asked. */
    Future<Reply> submit(Exchange exchange) {
        Parameters form = FormBody.read(exchange);
        boolean allowed = isAllowed(form.require("decision"));
        Browser browser = browsers.find(exchange);
        SessionToken session = cookie.read(exchange);
        return seal.open(PURPOSE, exchange.tenant(), browser, form.get("box"), DeviceState.class)
                .compose(state -> browser == null
                                || state == null
                                || session == null
                                || !state.sid().equals(session.sid())
                        ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.DEVICE))
                        : decide(exchange, browser, session, state, allowed));
    }

    private Future<Reply> decide(
            Exchange exchange, Browser browser, SessionToken session, DeviceState state, boolean allowed) {
        String tenant = exchange.tenant();
        Future<Outcome> decided = allowed
                ? decisions.allow(tenant, session.proof(), state.waiting(), state.consentEpoch())
                : decisions.deny(tenant, session.proof(), state.waiting());
        return decided.compose(outcome -> switch (outcome) {
            case DONE ->
                Future.succeededFuture(Reply.redirect(
                        303, paths.of(tenant, PagePaths.DEVICE) + (allowed ? "?done=allowed" : "?done=denied")));
            case TOO_LATE -> refused(exchange, "connect.problem.gone");
            case CONSENT_REQUIRED -> again(exchange, browser, session, state);
            case LOGIN_REQUIRED -> login.show(exchange, new DeviceVisit(""));
            case CLIENT_REFUSED -> refused(exchange, "error.unknown_client");
        });
    }

    /** What was allowed when the question was shown has been withdrawn since. */
    private Future<Reply> again(Exchange exchange, Browser browser, SessionToken session, DeviceState state) {
        String userCode = state.userCode();
        return decisions
                .question(exchange.tenant(), session.proof(), state.waiting())
                .compose(asked -> asked == null || userCode == null
                        ? refused(exchange, "connect.problem.gone")
                        : show(exchange, browser, asked, userCode));
    }

    private Future<Reply> refused(Exchange exchange, String message) {
        return pages.look(exchange).map(look -> ErrorPage.refused(look, message));
    }

    private static boolean isAllowed(String decision) {
        return switch (decision) {
            case "allow" -> true;
            case "deny" -> false;
            default -> throw OAuthError.failure(Code.INVALID_REQUEST, "decision must be allow or deny");
        };
    }
}
