package io.gatehouse.gateway.page;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthorizationRefusal;
import io.gatehouse.gateway.oauth.AuthorizationRequest;
import io.gatehouse.gateway.oauth.AuthorizationService;
import io.gatehouse.gateway.oauth.DocumentedClients;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.oauth.Step;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/**
 * GET and POST of the authorization endpoint (RFC 6749, section 3.1). Whoever has a session and was asked before meets no page
 * here.
 */
final class AuthorizePage {
    /** Sealed in a page and sent back in a URL, more of it would not fit into a request line. */
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final int LONGEST = 5_000;

    private final AuthorizationService authorization;
    private final DocumentedClients documented;
    private final Pages pages;
    private final PagePaths paths;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final Resumption resumption;
    private final LoginPage login;
    private final ConsentPage consent;
    private final AnswerPage answers;

    AuthorizePage(
            PageParts parts,
            AuthorizationService authorization,
            DocumentedClients documented,
            Resumption resumption,
            LoginPage login,
            ConsentPage consent,
            AnswerPage answers) {
        this.authorization = authorization;
        this.documented = documented;
        this.pages = parts.pages();
        this.paths = parts.paths();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.resumption = resumption;
        this.login = login;
        this.consent = consent;
        this.answers = answers;
    }

    /** GET, with the parameters of a request or with one that was begun before. */
    Future<Reply> getOrResume(Exchange exchange) {
        Parameters query = query(exchange);
        String box = query.get("resume");
        return box == null ? begin(exchange, TokenFamily.OAUTH, query) : resume(exchange, box);
    }

    /** GET with the parameters of a request. */
    Future<Reply> get(Exchange exchange, TokenFamily family) {
        return begin(exchange, family, query(exchange));
    }

    /** POST: a form of another site brings no cookie of ours with it, but being sent on to the same as GET does. */
    Future<Reply> post(Exchange exchange) {
        if (exchange.body().length() > LONGEST) {
            throw tooLong();
        }
        FormBody.read(exchange);
        String form = queryText(exchange.body());
        if (form.length() > LONGEST) {
            throw tooLong();
        }
        String path = paths.of(exchange.tenant(), PagePaths.AUTHORIZE);
        return Future.succeededFuture(Reply.redirect(303, path + "?" + form));
    }

    private Future<Reply> begin(Exchange exchange, TokenFamily family, Parameters query) {
        String raw = exchange.rawQuery();
        if (raw != null && raw.length() > LONGEST) {
            throw tooLong();
        }
        return documented
                .prepare(exchange.tenant(), query.get("client_id"), exchange.clientAddress())
                .compose(known -> authorization.read(exchange.tenant(), family, query))
                .compose(request -> next(exchange, request))
                .recover(failure -> failure instanceof AuthorizationRefusal refusal
                        ? answers.reply(exchange, refusal.response(), 302)
                        : Future.failedFuture(failure));
    }

    private Future<Reply> resume(Exchange exchange, String box) {
        return resumption
                .open(exchange.tenant(), browsers.find(exchange), box)
                .compose(request -> request == null
                        ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.IN_CLIENT))
                        : next(exchange, request));
    }

    private Future<Reply> next(Exchange exchange, AuthorizationRequest request) {
        SessionToken session = cookie.read(exchange);
        return authorization
                .next(request, session == null ? null : session.proof())
                .compose(step -> switch (step) {
                    case Step.Answer answer -> answers.reply(exchange, answer.response(), 302);
                    case Step.LogIn logIn -> login.show(exchange, logIn);
                    case Step.Enrol enrol ->
                        resumption.toEnrolment(
                                exchange.tenant(), browsers.of(exchange), new EnrolmentVisit(enrol.request(), null));
                    case Step.Consent asked -> consent.show(exchange, asked);
                });
    }

    private static Parameters query(Exchange exchange) {
        String query = exchange.rawQuery();
        Parameters parameters = new Parameters();
        return query == null ? parameters : FormBody.parse(Buffer.buffer(query), parameters);
    }

    /** A form as a query: what may not stand in a URL is encoded, the rest stays as it came. */
    private static String queryText(Buffer form) {
        StringBuilder text = new StringBuilder(form.length());
        for (int i = 0; i < form.length(); i++) {
            char c = (char) (form.getByte(i) & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || "%&=+-._~*".indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(HEX.toHexDigits((byte) c));
            }
        }
        return text.toString();
    }

    private static RuntimeException tooLong() {
        return OAuthError.failure(Code.URI_TOO_LONG, "the request is longer than " + LONGEST + " characters");
    }
}
