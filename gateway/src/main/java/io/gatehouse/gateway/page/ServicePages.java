package io.gatehouse.gateway.page;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.Protocol;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.stream.Stream;

/** What is ours at the host of a service: where a session arrives, where to log out, and the pages that say why not. */
public final class ServicePages {
    private final ServiceParts services;
    private final Pages pages;
    private final ServiceArrival arrival;

    public ServicePages(Protocol protocol, PageParts parts) {
        this.services = parts.services();
        this.pages = parts.pages().at(PagePaths.atService(services.issuer()));
        this.arrival = new ServiceArrival(pages, services, protocol.serviceSessions());
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        return Stream.of(
                getOnly(ServiceParts.ARRIVAL, this::arrive),
                getOnly(ServiceParts.LOGOUT, this::logOut),
                Mount.get(PagePaths.SERVICE_STYLE + "{tenant}", pages.errors(), pages::styleSheetOfPath));
    }

    private Mount getOnly(String path, Endpoint endpoint) {
        return new Mount(Set.of(HttpMethod.GET), path, pages.errors(), pages.guarded(endpoint));
    }

    /** To somebody who is logged in, but has no business there. */
    public Future<Reply> forbidden(Exchange exchange, String tenant) {
        return pages.look(exchange, tenant)
                .map(look -> ErrorPage.toAccount(look, 403, look.texts().get("service.forbidden")));
    }

    /** To somebody whose form comes when nobody is logged in any more: what it held is lost. */
    public Future<Reply> over(Exchange exchange, String tenant, String target) {
        return pages.look(exchange, tenant)
                .map(look -> ErrorPage.again(look, 401, look.texts().get("service.over"), target));
    }

    private Future<Reply> arrive(Exchange exchange) {
        Parameters query = HandoverPage.query(exchange);
        String host = host(exchange);
        return services.boxes().openVisit(query.get("state")).compose(visit -> {
            boolean isHere = visit != null
                    && visit.host().equals(host)
                    && services.hosts().take(visit.tenant(), host);
            return visit != null && isHere
                    ? arrival.enter(exchange, visit, query.get("code"))
                    : pages.look(exchange).map(look -> ErrorPage.tooOld(look, Restart.IN_SERVICE));
        });
    }

    /** Nobody is logged out by a link: the issuer's page asks. */
    private Future<Reply> logOut(Exchange exchange) {
        String tenant = services.hosts().tenantAt(host(exchange));
        return tenant == null
                ? Future.failedFuture(new OAuthError.NotFound("path").failure())
                : Future.succeededFuture(Reply.redirect(303, services.logout(tenant)));
    }

    /** @throws io.gatehouse.common.error.OAuthFailure NotFound where no service takes sessions: nothing of ours is there */
    private String host(Exchange exchange) {
        String host = services.hosts().named(exchange.host());
        if (host == null) {
            throw new OAuthError.NotFound("path").failure();
        }
        return host;
    }
}
