package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.BrowserSessions;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.SessionToken;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** GET /login/handover: somebody who wants to a service shows who it is, here, and is sent back there with a session. */
public final class HandoverPage {
    private final ServiceParts services;
    private final Pages pages;
    private final SessionCookie cookie;
    private final BrowserSessions sessions;
    private final LoginPage login;
    private final BrowserCookie browsers;
    private final Resumption resumption;

    public HandoverPage(Protocol protocol, PageParts parts) {
        this.services = parts.services();
        this.pages = parts.pages();
        this.cookie = parts.cookie();
        this.sessions = protocol.sessions();
        this.browsers = parts.browsers();
        this.resumption = new Resumption(parts);
        this.login = new LoginPage(parts, sessions, resumption);
    }

    /** Its line of the table of contents. No HEAD: it would make a code that nobody sees. */
    public Stream<Mount> mounts() {
        return Stream.of(
                new Mount(Set.of(HttpMethod.GET), PagePaths.HANDOVER, pages.errors(), pages.guarded(this::get)));
    }

    private Future<Reply> get(Exchange exchange) {
        String box = query(exchange).get("state");
        return services.boxes()
                .openVisit(box)
                .compose(visit -> box == null || visit == null || !isFor(exchange, visit)
                        ? pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.IN_SERVICE))
                        : goOn(exchange, visit, box));
    }

    /** The box is ours, but the routes may be others by now. */
    private boolean isFor(Exchange exchange, ServiceVisit visit) {
        return visit.tenant().equals(exchange.tenant()) && services.hosts().take(visit.tenant(), visit.host());
    }

    private Future<Reply> goOn(Exchange exchange, ServiceVisit visit, String box) {
        SessionToken token = cookie.read(exchange);
        return token == null
                ? login.show(exchange, visit, false)
                : sessions.find(exchange.tenant(), token.proof())
                        .compose(current -> current == null
                                        || !visit.isSatisfiedBy(
                                                current.authTime(),
                                                services.boxes().now())
                                ? login.show(exchange, visit, current != null)
                                : goOn(exchange, visit, box, token, current));
    }

    /** Whoever has a second factor logged in by it, or not at all. */
    private Future<Reply> goOn(
            Exchange exchange, ServiceVisit visit, String box, SessionToken token, Sessions.Current current) {
        return visit.secondFactor() && !SecondFactor.isIn(current.amr())
                ? resumption.toEnrolment(exchange.tenant(), browsers.of(exchange), new EnrolmentVisit(null, visit))
                : services.boxes()
                        .sealHandover(visit, token.proof())
                        .map(code -> Reply.redirect(302, services.handedOver(visit, code, box)));
    }

    static Parameters query(Exchange exchange) {
        String query = Objects.requireNonNullElse(exchange.rawQuery(), "");
        return FormBody.parse(Buffer.buffer(query), new Parameters());
    }
}
