package io.gatehouse.gateway.page;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.gateway.http.ErrorStatus;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.BrowserSessions;
import io.gatehouse.gateway.oauth.DeviceDecision;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.SessionToken;
import io.gatehouse.gateway.oauth.UserCode;
import io.gatehouse.gateway.page.html.JtedeviceGenerated;
import io.gatehouse.gateway.page.html.Jtedevice_doneGenerated;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** GET and POST /device: asks for the code that a device shows, of who is logged in. */
final class DevicePage {
    private static final String PURPOSE = "device code";
    /** Of what was typed, so much comes back. */
    private static final int LONGEST = 40;

    /** Who types what. */
    private record Visit(Browser browser, Sessions.Current session, String typed) {}

    private final Pages pages;
    private final PageSeal seal;
    private final BrowserCookie browsers;
    private final SessionCookie cookie;
    private final BrowserSessions sessions;
    private final DeviceDecision decisions;
    private final Resumption resumption;
    private final LoginPage login;
    private final DeviceQuestion question;

    DevicePage(
            PageParts parts,
            BrowserSessions sessions,
            DeviceDecision decisions,
            Resumption resumption,
            LoginPage login,
            DeviceQuestion question) {
        this.pages = parts.pages();
        this.seal = parts.seal();
        this.browsers = parts.browsers();
        this.cookie = parts.cookie();
        this.sessions = sessions;
        this.decisions = decisions;
        this.resumption = resumption;
        this.login = login;
        this.question = question;
    }

    /** GET: somebody types the address, or opens it with a code filled in, or comes back from the login or a decision. */
    Future<Reply> show(Exchange exchange) {
        Parameters query = query(exchange);
        String done = query.get("done");
        return done != null ? done(exchange, done) : came(exchange, query);
    }

    private Future<Reply> came(Exchange exchange, Parameters query) {
        return resumption
                .openVisit(exchange.tenant(), browsers.find(exchange), query.get("resume"))
                .compose(visit -> show(
                        exchange,
                        visit == null ? Objects.requireNonNullElse(query.get("user_code"), "") : visit.typed()));
    }

    private Future<Reply> show(Exchange exchange, String typed) {
        return current(exchange)
                .compose(session -> session == null
                        ? login.show(exchange, new DeviceVisit(bounded(typed)))
                        : page(exchange, 200, new Visit(browsers.of(exchange), session, typed), null));
    }

    private Future<Sessions.@Nullable Current> current(Exchange exchange) {
        SessionToken session = cookie.read(exchange);
        return session == null ? Future.succeededFuture(null) : sessions.find(exchange.tenant(), session.proof());
    }

    /** Anybody can write such a link: it chooses one of our texts, and no more. */
    private Future<Reply> done(Exchange exchange, String what) {
        DeviceDoneView view = what.equals("allowed") ? DeviceDoneView.ALLOWED : DeviceDoneView.DENIED;
        return pages.look(exchange).map(look -> {
            Frame frame = look.frame(look.texts().get(view.title()));
            return look.page(200, out -> Jtedevice_doneGenerated.render(out, null, frame, view));
        });
    }

    private Future<Reply> page(Exchange exchange, int status, Visit visit, @Nullable Function<Texts, String> problem) {
        DeviceEntryState state = new DeviceEntryState(visit.session().sid());
        return seal.seal(PURPOSE, exchange.tenant(), visit.browser(), state)
                .compose(box -> pages.look(exchange).map(look -> {
                    Frame frame = look.frame(look.texts().get("connect.title"));
                    DeviceEntryView view = new DeviceEntryView(
                            look.path(PagePaths.DEVICE),
                            box,
                            AccountView.nameOf(visit.session().user()),
                            bounded(visit.typed()),
                            problem == null ? null : problem.apply(look.texts()));
                    return visit.browser()
                            .marked(look.page(status, out -> JtedeviceGenerated.render(out, null, frame, view)));
                }));
    }

    /** POST: only this browser, in this session, can have been shown the form. */
    Future<Reply> submit(Exchange exchange) {
        Parameters form = FormBody.read(exchange);
        Browser browser = browsers.find(exchange);
        SessionToken session = cookie.read(exchange);
        String typed = Objects.requireNonNullElse(form.get("user_code"), "");
        return seal.open(PURPOSE, exchange.tenant(), browser, form.get("box"), DeviceEntryState.class)
                .compose(state -> browser == null
                                || state == null
                                || session == null
                                || !state.sid().equals(session.sid())
                        ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.DEVICE))
                        : current(exchange)
                                .compose(current -> current == null
                                        ? login.show(exchange, new DeviceVisit(bounded(typed)))
                                        : find(exchange, session, new Visit(browser, current, typed))));
    }

    private Future<Reply> find(Exchange exchange, SessionToken session, Visit visit) {
        UserCode userCode = UserCode.parse(visit.typed());
        return userCode == null
                ? page(exchange, 400, visit, texts -> texts.get("connect.problem.unknown"))
                : decisions
                        .find(exchange.tenant(), session.proof(), userCode, exchange.clientAddress())
                        .compose(found -> found == null
                                ? page(exchange, 400, visit, texts -> texts.get("connect.problem.unknown"))
                                : question.show(exchange, visit.browser(), found, userCode.shown()))
                        .recover(failure -> throttled(exchange, visit, failure));
    }

    private Future<Reply> throttled(Exchange exchange, Visit visit, Throwable failure) {
        return failure instanceof OAuthFailure known && known.error() instanceof OAuthError.Throttled throttled
                ? page(
                                exchange,
                                ErrorStatus.of(throttled),
                                visit,
                                texts -> texts.get("connect.problem.throttled", texts.duration(throttled.retryAfter())))
                        .map(reply -> ErrorStatus.retryable(reply, throttled))
                : Future.failedFuture(failure);
    }

    private static String bounded(String typed) {
        return typed.substring(0, Math.min(typed.length(), LONGEST));
    }

    private static Parameters query(Exchange exchange) {
        String query = exchange.rawQuery();
        Parameters parameters = new Parameters();
        return query == null ? parameters : FormBody.parse(Buffer.buffer(query), parameters);
    }
}
