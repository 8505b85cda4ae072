package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** What all event loops of a gateway process know together: clients, JWT apps, tenants, keys, revocations, signatures seen. */
public final class Knowledge {
    /** Some ten thousand tokens. By bytes, since a token may hold a thousand roles. */
    private static final long MOST_SEEN_BYTES = 8L << 20;

    private final RevocationList revocations;
    private final ClientDirectory clients;
    private final JwtAppDirectory jwtApps;
    private final TenantDirectory tenants = new TenantDirectory();
    private final KeyDirectory keys = new KeyDirectory();
    private final Lately<ServiceSessions.Shown, ServiceSessions.Counting> sessions;
    private final VerifierLease lease;
    private final Cache<TokenInspector.Seen, AccessToken> seen = Caffeine.newBuilder()
            .maximumWeight(MOST_SEEN_BYTES)
            .weigher((TokenInspector.Seen key, AccessToken token) -> token.footprint())
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    private final Cache<AssertionService.Key, AssertionService.Minted> assertions = Caffeine.newBuilder()
            .maximumWeight(MOST_SEEN_BYTES)
            .weigher((AssertionService.Key key, AssertionService.Minted minted) -> minted.footprint())
            .expireAfterWrite(Duration.ofMinutes(1))
            .executor(Runnable::run)
            .build();

    /** @param staleness see {@link RevocationList} */
    public Knowledge(Clock clock, Duration staleness) {
        this.revocations = new RevocationList(clock, staleness);
        this.clients = new ClientDirectory(revocations);
        this.jwtApps = new JwtAppDirectory(revocations);
        this.sessions = new Lately<>(revocations);
        this.lease = new VerifierLease(keys, staleness);
    }

    /** Listens to events through {@code bus}; completes when verification may begin. */
    public Future<Void> follow(Bus bus) {
        return bus.hear(event -> hear(bus, event))
                .compose(listening -> lease.renew(bus))
                .compose(told -> revocations.follow(bus));
    }

    public RevocationList revocations() {
        return revocations;
    }

    public TenantDirectory tenants() {
        return tenants;
    }

    public KeyDirectory keys() {
        return keys;
    }

    /** To be renewed. */
    public VerifierLease lease() {
        return lease;
    }

    ClientDirectory clients() {
        return clients;
    }

    JwtAppDirectory jwtApps() {
        return jwtApps;
    }

    Lately<ServiceSessions.Shown, ServiceSessions.Counting> sessions() {
        return sessions;
    }

    Cache<TokenInspector.Seen, AccessToken> seen() {
        return seen;
    }

    Cache<AssertionService.Key, AssertionService.Minted> assertions() {
        return assertions;
    }

    private void hear(Bus bus, Event event) {
        if (event instanceof Event.ClientChanged changed) {
            clients.forget(changed.tenant(), changed.clientId());
        } else if (event instanceof Event.JwtAppChanged changed) {
            jwtApps.forget(changed.tenant(), changed.name());
        } else if (event instanceof Event.TenantChanged changed) {
            tenants.forget(changed.tenant());
        } else if (event instanceof Event.KeysChanged changed) {
            keys.forget(changed.tenant());
            if (changed.awaited()) {
                lease.acknowledge(bus, changed.tenant(), changed.version());
            }
        }
    }
}
