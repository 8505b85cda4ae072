package io.gatehouse.gateway.page;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The three sealed boxes that take a browser session to the host of a service: where somebody wanted to go; the session on its
 * way there; the session as the service's host keeps it. None of them opens in place of another.
 */
public final class ServiceBoxes {
    static final Duration ON_THE_WAY = Duration.ofSeconds(30);
    /** The keys of two days open: what is used is renewed well before. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final Duration RENEWED_AFTER = Duration.ofHours(1);
    private static final String VISIT = "service visit";
    private static final String HANDOVER = "service handover";
    private static final String SESSION = "service session";
    /** It is read before anybody knows whose it is; the nonce inside tells. */
    private static final Browser ANY = new Browser(Digest.of(""), null);

    private final PageSeal seal;
    private final Clock clock;

    public ServiceBoxes(Bus bus, Clock clock) {
        this.seal = new PageSeal(bus, clock);
        this.clock = clock;
    }

    public Future<String> sealVisit(ServiceVisit visit) {
        return seal.seal(VISIT, Tenant.MAIN, ANY, visit);
    }

    /** Null where it does not open: for 15 minutes it does. */
    Future<@Nullable ServiceVisit> openVisit(@Nullable String box) {
        return seal.open(VISIT, Tenant.MAIN, ANY, box, ServiceVisit.class);
    }

    /** For the browser that the visit is of, for half a minute. */
    Future<String> sealHandover(ServiceVisit visit, SessionProof session) {
        ServiceSession content = new ServiceSession(session, visit.host(), clock.instant());
        return seal.seal(HANDOVER, visit.tenant(), new Browser(visit.nonce(), null), content, ON_THE_WAY);
    }

    /** Null where it does not open for that visit. */
    Future<@Nullable ServiceSession> openHandover(ServiceVisit visit, Browser browser, @Nullable String box) {
        return seal.open(HANDOVER, visit.tenant(), browser, box, ServiceSession.class)
                .map(found -> found != null && found.host().equals(visit.host()) ? found : null);
    }

    public Future<String> sealSession(String tenant, String host, SessionProof session) {
        ServiceSession content = new ServiceSession(session, host, clock.instant());
        return seal.seal(SESSION, tenant, at(host), content, KEPT);
    }

    /** Null where it does not open at that host, for that tenant. */
    public Future<@Nullable ServiceSession> openSession(String tenant, String host, @Nullable String box) {
        return seal.open(SESSION, tenant, at(host), box, ServiceSession.class);
    }

    /** Whether it is time to seal it anew. */
    public boolean isToBeRenewed(ServiceSession session) {
        return clock.instant().isAfter(session.sealedAt().plus(RENEWED_AFTER));
    }

    Instant now() {
        return clock.instant();
    }

    private static Browser at(String host) {
        return new Browser(Digest.of(host), null);
    }
}
