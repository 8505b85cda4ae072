package io.gatehouse.gateway.page;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.EndSession;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.UiLocales;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Logging out, as clients ask for it (OpenID Connect RP-Initiated Logout 1.0) or somebody by opening the page. */
public final class EndSessionPages {
    private static final int LONGEST_LINK = 5_000;
    private static final List<String> PARAMETERS =
            List.of("id_token_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales");

    private final Pages pages;
    private final PagePaths paths;
    private final EndSession requests;
    private final LogoutPage logout;

    public EndSessionPages(Protocol protocol, PageParts parts) {
        this.pages = parts.pages();
        this.paths = parts.paths();
        this.requests = protocol.endSession();
        this.logout = new LogoutPage(parts, protocol.sessions());
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        ErrorStyle style = pages.errors();
        return Stream.of(
                // no HEAD: it would end a session unseen
                new Mount(Set.of(HttpMethod.GET), PagePaths.LOGOUT, style, pages.guarded(this::get)),
                Mount.post(PagePaths.LOGOUT, style, pages.guarded(this::post)));
    }

    private Future<Reply> get(Exchange exchange) {
        String query = Objects.requireNonNullElse(exchange.rawQuery(), "");
        Parameters parameters = FormBody.parse(Buffer.buffer(query), new Parameters());
        return requests.read(exchange.tenant(), parameters).compose(request -> switch (request) {
            case EndSession.Good good ->
                logout.asked(exchange, good, target(good, parameters.get("state")), UiLocales.of(parameters));
            case EndSession.Bad bad -> logout.refused(exchange, bad.flaw(), UiLocales.of(parameters));
        });
    }

    private Future<Reply> post(Exchange exchange) {
        Parameters form = FormBody.read(exchange);
        String box = form.get("box");
        return box == null ? again(exchange, form) : logout.confirmed(exchange, box);
    }

    /** A form of another site carries no session cookie (it is SameSite=Lax), a link does. */
    private Future<Reply> again(Exchange exchange, Parameters form) {
        StringBuilder link = new StringBuilder(paths.of(exchange.tenant(), PagePaths.LOGOUT));
        char separator = '?';
        for (String name : PARAMETERS) {
            String value = form.get(name);
            if (value != null) {
                link.append(separator).append(name).append('=').append(FormBody.encode(value));
                separator = '&';
            }
        }
        return link.length() > LONGEST_LINK
                ? Future.failedFuture(OAuthError.failure(Code.URI_TOO_LONG, "the request is too long"))
                : Future.succeededFuture(Reply.redirect(303, link.toString()));
    }

    /** Where the browser goes afterwards (section 3); null: nowhere. */
    private static @Nullable String target(EndSession.Good request, @Nullable String state) {
        String uri = request.redirectUri();
        return uri == null || state == null
                ? uri
                : uri + (uri.indexOf('?') < 0 ? '?' : '&') + "state=" + FormBody.encode(state);
    }
}
