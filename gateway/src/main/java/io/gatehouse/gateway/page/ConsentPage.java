package io.gatehouse.gateway.page;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthorizationRequest;
import io.gatehouse.gateway.oauth.AuthorizationService;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.oauth.Step;
import io.gatehouse.gateway.page.html.JteconsentGenerated;
import io.vertx.core.Future;

/** The question whether a client may have what it asks for, and POST /consent, its answer. */
final class ConsentPage {
    private static final String PURPOSE = "consent";

    private final Pages pages;
    private final PageSeal seal;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final AuthorizationService authorization;
    private final Resumption resumption;
    private final AnswerPage answers;

    ConsentPage(PageParts parts, AuthorizationService authorization, Resumption resumption, AnswerPage answers) {
        this.pages = parts.pages();
        this.seal = parts.seal();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.authorization = authorization;
        this.resumption = resumption;
        this.answers = answers;
    }

    Future<Reply> show(Exchange exchange, Step.Consent step) {
        Browser browser = browsers.of(exchange);
        ConsentState state = new ConsentState(step.request(), step.sid(), step.consentEpoch());
        return seal.seal(PURPOSE, exchange.tenant(), browser, state)
                .compose(box -> pages.look(exchange, step.request().uiLocales())
                        .map(look -> browser.marked(page(look, step, box))));
    }

    private static Reply page(Look look, Step.Consent step, String box) {
        Frame frame = look.frame(look.texts().get("consent.title"));
        ConsentView view = ConsentView.of(step, look, box);
        return look.page(
                200, step.request().redirectUri(), false, out -> JteconsentGenerated.render(out, null, frame, view));
    }

    /** POST /consent. */
    Future<Reply> submit(Exchange exchange) {
        Parameters form = FormBody.read(exchange);
        boolean allowed = isAllowed(form.require("decision"));
        Browser browser = browsers.find(exchange);
        return seal.open(PURPOSE, exchange.tenant(), browser, form.get("request"), ConsentState.class)
                .compose(state -> browser == null || state == null
                        ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.IN_CLIENT))
                        : allowed
                                ? allow(exchange, browser, state)
                                : authorization
                                        .deny(state.request())
                                        .compose(response -> answers.reply(exchange, response, 303)));
    }

    private Future<Reply> allow(Exchange exchange, Browser browser, ConsentState state) {
        AuthorizationRequest request = state.request();
        SessionToken session = cookie.read(exchange);
        return session == null
                ? resumption.after(exchange.tenant(), browser, request)
                : authorization
                        .allow(request, session.proof(), state.sid(), state.consentEpoch())
                        .compose(step -> step instanceof Step.Answer answer
                                ? answers.reply(exchange, answer.response(), 303)
                                : resumption.after(exchange.tenant(), browser, request));
    }

    private static boolean isAllowed(String decision) {
        return switch (decision) {
            case "allow" -> true;
            case "deny" -> false;
            default -> throw OAuthError.failure(Code.INVALID_REQUEST, "decision must be allow or deny");
        };
    }
}
