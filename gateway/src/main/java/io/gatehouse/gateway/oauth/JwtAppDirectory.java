package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The JWT apps this process has lately asked for, as the store vouches for them. */
final class JwtAppDirectory {
    private record Key(String tenant, String name) {}

    private final Lately<Key, Attestation> known;

    JwtAppDirectory(RevocationList revocations) {
        this.known = new Lately<>(revocations);
    }

    /** A {@link io.gatehouse.common.message.JwtAppStatement}; null where there is no such app, or it is disabled. */
    Future<@Nullable Attestation> find(Bus bus, String tenant, String name) {
        return known.find(
                new Key(tenant, name),
                key -> bus.ask(new JwtApps.Find(key.tenant, key.name)).map(JwtApps.Found::app));
    }

    void forget(String tenant, String name) {
        known.forget(new Key(tenant, name));
    }
}
