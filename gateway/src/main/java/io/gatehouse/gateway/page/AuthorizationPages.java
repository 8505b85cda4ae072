package io.gatehouse.gateway.page;

import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthorizationService;
import io.gatehouse.gateway.oauth.Protocol;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.stream.Stream;

/** The way from an authorization request through login and consent to its answer, and what these pages load. */
public final class AuthorizationPages {
    private final Pages pages;
    private final PagePaths paths;
    private final AuthorizePage authorize;
    private final LoginPage login;
    private final ConsentPage consent;

    public AuthorizationPages(Protocol protocol, PageParts parts, SignedErrors errors) {
        this.pages = parts.pages();
        this.paths = parts.paths();
        AuthorizationService authorization = protocol.authorization();
        Resumption resumption = new Resumption(parts);
        AnswerPage answers = new AnswerPage(pages, protocol.signedResponses(), errors);
        this.login = new LoginPage(parts, protocol.sessions(), resumption);
        this.consent = new ConsentPage(parts, authorization, resumption, answers);
        this.authorize = new AuthorizePage(
                parts, authorization, protocol.documentedClients(), resumption, login, consent, answers);
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        ErrorStyle style = pages.errors();
        return Stream.of(
                // no HEAD: it would make a code that nobody sees
                getOnly(PagePaths.AUTHORIZE, authorize::getOrResume),
                Mount.post(PagePaths.AUTHORIZE, style, pages.guarded(authorize::post)),
                Mount.get(PagePaths.ROOT, style, this::home),
                getOnly(PagePaths.LOGIN, login::plain),
                Mount.post(PagePaths.LOGIN, style, pages.guarded(login::submit)),
                Mount.post(
                        PagePaths.LOGIN_CODE,
                        style,
                        pages.guarded(exchange -> login.factor().submit(exchange))),
                Mount.post(PagePaths.CONSENT, style, pages.guarded(consent::submit)),
                Mount.get(PagePaths.STYLE, style, pages::styleSheet),
                Mount.get(PagePaths.SUBMIT, style, pages::script));
    }

    /**
     * A path of a vendor's that begins an authorization request as well.
     *
     * @param family whose tokens its codes give
     */
    public Mount authorize(String path, TokenFamily family) {
        return getOnly(path, exchange -> authorize.get(exchange, family));
    }

    /** Whoever types the address wants a page. */
    private Future<Reply> home(Exchange exchange) {
        return Future.succeededFuture(Reply.redirect(303, paths.of(exchange.tenant(), PagePaths.ACCOUNT)));
    }

    private Mount getOnly(String path, Endpoint endpoint) {
        return new Mount(Set.of(HttpMethod.GET), path, pages.errors(), pages.guarded(endpoint));
    }
}
