package io.gatehouse.common.message;

import io.gatehouse.common.model.JwtApp;
import org.jspecify.annotations.Nullable;

/** Registered JWT apps. */
public sealed interface JwtApps<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.jwtapps";

    @Override
    default String address() {
        return ADDRESS;
    }

    record Find(String tenant, String name) implements JwtApps<Found> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param app a {@link JwtAppStatement}, attested by the store; null: there is none, or it is disabled */
    record Found(@Nullable Attestation app) {}

    /** Creates the app or updates what the configuration declares of it. */
    record Declare(JwtApp app) implements JwtApps<Declared> {}

    record Declared(boolean changed) {}
}
