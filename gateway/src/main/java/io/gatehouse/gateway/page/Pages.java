package io.gatehouse.gateway.page;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Branding;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all pages are made with: their look, their errors, their assets. One per event loop. */
public final class Pages {
    private static final int SCRIPT_MAX_AGE_SECONDS = 86_400;

    private final PagePaths paths;
    private final Function<String, Future<Tenant>> tenants;
    private final ScopeWords scopes;
    private final DetailWords details;
    private final StyleSheet sheet = new StyleSheet();
    private final Reply script =
            Asset.reply("text/javascript; charset=utf-8", Asset.read("submit.js"), SCRIPT_MAX_AGE_SECONDS);

    /** @param tenants may fail: a page without its tenant's colours is better than none */
    Pages(PagePaths paths, Function<String, Future<Tenant>> tenants, ScopeWords scopes, DetailWords details) {
        this.paths = paths;
        this.tenants = tenants;
        this.scopes = scopes;
        this.details = details;
    }

    /** For a request whose client wishes no language. */
    public Future<Look> look(Exchange exchange) {
        return look(exchange, List.of());
    }

    /**
     * Never fails.
     *
     * @param uiLocales as a client wishes, best first
     */
    public Future<Look> look(Exchange exchange, List<String> uiLocales) {
        Texts texts = Texts.of(exchange.header("accept-language"), uiLocales);
        String tenant = exchange.tenant();
        return branding(tenant).map(branding -> new Look(tenant, texts, branding, paths, sheet, scopes, details));
    }

    /**
     * As {@link #look(Exchange)}, in the colours of another tenant than the request's.
     */
    Future<Look> look(Exchange exchange, String tenant) {
        Texts texts = Texts.of(exchange.header("accept-language"), List.of());
        return branding(tenant).map(branding -> new Look(tenant, texts, branding, paths, sheet, scopes, details));
    }

    /** The same pages where links are others. */
    Pages at(PagePaths elsewhere) {
        return new Pages(elsewhere, tenants, scopes, details);
    }

    /** Answers what fails in {@code endpoint} with a page in the browser's language. */
    public Endpoint guarded(Endpoint endpoint) {
        return exchange -> called(endpoint, exchange)
                .recover(failure -> look(exchange).map(look -> ErrorPage.of(look, Incidents.error(failure))));
    }

    /** For what is refused before any endpoint sees it. */
    public ErrorStyle errors() {
        return new PlainErrors(null);
    }

    /** Of no tenant: it may be the one that does not exist. */
    private final class PlainErrors implements ErrorStyle {
        private final @Nullable String acceptLanguage;

        PlainErrors(@Nullable String acceptLanguage) {
            this.acceptLanguage = acceptLanguage;
        }

        @Override
        public Reply render(OAuthError error) {
            Texts texts = Texts.of(acceptLanguage, List.of());
            return ErrorPage.of(new Look(Tenant.MAIN, texts, null, paths, sheet, scopes, details), error);
        }

        @Override
        public ErrorStyle in(@Nullable String language) {
            return new PlainErrors(language);
        }
    }

    Future<Reply> styleSheet(Exchange exchange) {
        return branding(exchange.tenant()).map(sheet::reply);
    }

    /** Of the tenant whom the path names, in place of the request's. */
    Future<Reply> styleSheetOfPath(Exchange exchange) {
        return branding(String.valueOf(exchange.pathVariable())).map(sheet::reply);
    }

    Future<Reply> script(Exchange exchange) {
        return Future.succeededFuture(script);
    }

    private Future<@Nullable Branding> branding(String tenant) {
        return tenants.apply(tenant).map(Tenant::branding).otherwiseEmpty();
    }

    private static Future<Reply> called(Endpoint endpoint, Exchange exchange) {
        try {
            return endpoint.handle(exchange);
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }
}
