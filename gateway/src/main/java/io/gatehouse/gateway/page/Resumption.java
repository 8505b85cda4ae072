package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthorizationRequest;
import io.gatehouse.gateway.oauth.Prompt;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the authorization endpoint, which every form takes: no step leads to another one by itself. And from the
 * login to the page of devices.
 */
final class Resumption {
    private static final String PURPOSE = "resume";
    private static final String DEVICE = "resume device";
    private static final String ENROLMENT = "enrolment";
    private static final Duration ON_THE_WAY = Duration.ofMinutes(1);

    private final PagePaths paths;
    private final PageSeal seal;
    private final ServiceParts services;

    Resumption(PageParts parts) {
        this.paths = parts.paths();
        this.seal = parts.seal();
        this.services = parts.services();
    }

    /** @param request null: there is none to go on with, so that the account page it is */
    Future<Reply> after(String tenant, Browser browser, @Nullable AuthorizationRequest request) {
        return request == null
                ? Future.succeededFuture(Reply.redirect(303, paths.of(tenant, PagePaths.ACCOUNT)))
                : seal.seal(PURPOSE, tenant, browser, request, life(request))
                        .map(box -> Reply.redirect(303, paths.of(tenant, PagePaths.AUTHORIZE) + "?resume=" + box));
    }

    /**
     * Where a login was demanded, the link that it earned is good for the way back, not for whoever finds it in the history.
     */
    private static Duration life(AuthorizationRequest request) {
        boolean demanded = request.asks(Prompt.LOGIN) || request.asks(Prompt.SELECT_ACCOUNT) || request.maxAge() >= 0;
        return demanded ? ON_THE_WAY : PageSeal.LIFE;
    }

    /** Likewise; the service asks for who has logged in. */
    Future<Reply> toService(ServiceVisit visit) {
        return services.boxes().sealVisit(visit).map(box -> Reply.redirect(303, services.login(visit.tenant(), box)));
    }

    /** Only the browser that logged in finds its code typed in. */
    Future<Reply> toDevice(String tenant, Browser browser, DeviceVisit visit) {
        String path = paths.of(tenant, PagePaths.DEVICE);
        return visit.typed().isEmpty()
                ? Future.succeededFuture(Reply.redirect(303, path))
                : seal.seal(DEVICE, tenant, browser, visit).map(box -> Reply.redirect(303, path + "?resume=" + box));
    }

    /** Null where there is no box, or it does not open. */
    Future<@Nullable DeviceVisit> openVisit(String tenant, @Nullable Browser browser, @Nullable String box) {
        return seal.open(DEVICE, tenant, browser, box, DeviceVisit.class);
    }

    /** To who must have a second factor; the browser that logged in finds the way on. */
    Future<Reply> toEnrolment(String tenant, Browser browser, EnrolmentVisit visit) {
        String path = paths.of(tenant, PagePaths.SECOND_FACTOR);
        return visit.leadsOn()
                ? seal.seal(ENROLMENT, tenant, browser, visit)
                        .map(box -> browser.marked(Reply.redirect(303, path + "?next=" + box)))
                : Future.succeededFuture(Reply.redirect(303, path));
    }

    /** To nowhere but the account where there is no box, or it does not open. */
    Future<EnrolmentVisit> openEnrolment(String tenant, @Nullable Browser browser, @Nullable String box) {
        return seal.open(ENROLMENT, tenant, browser, box, EnrolmentVisit.class)
                .map(visit -> visit == null ? EnrolmentVisit.PLAIN : visit);
    }

    /** A link to what asked for a second factor, or to the account. */
    Future<String> onward(String tenant, Browser browser, EnrolmentVisit visit) {
        if (visit.service() != null) {
            return services.boxes().sealVisit(visit.service()).map(box -> services.login(tenant, box));
        }
        return visit.request() == null
                ? Future.succeededFuture(paths.of(tenant, PagePaths.ACCOUNT))
                : seal.seal(PURPOSE, tenant, browser, visit.request())
                        .map(box -> paths.of(tenant, PagePaths.AUTHORIZE) + "?resume=" + box);
    }

    /** Null where the box does not open. */
    Future<@Nullable AuthorizationRequest> open(String tenant, @Nullable Browser browser, String box) {
        return seal.open(PURPOSE, tenant, browser, box, AuthorizationRequest.class);
    }
}
