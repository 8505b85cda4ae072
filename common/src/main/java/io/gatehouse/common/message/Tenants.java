package io.gatehouse.common.message;

import io.gatehouse.common.model.Tenant;
import org.jspecify.annotations.Nullable;

/** The tenants of this installation. */
public sealed interface Tenants<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.tenants";

    @Override
    default String address() {
        return ADDRESS;
    }

    record Find(String tenant) implements Tenants<Found> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    record FindByApikey(String apikey) implements Tenants<Found> {
        @Override
        public boolean isRead() {
            return true;
        }

        /** Without the apikey: not for logs. */
        @Override
        public String toString() {
            return "FindByApikey";
        }
    }

    /** @param tenant null: there is none of that id or apikey */
    record Found(@Nullable Tenant tenant) {}

    /** Creates the tenant or updates what the configuration declares of it. */
    record Declare(Tenant tenant) implements Tenants<Declared> {}

    record Declared(boolean changed) {}
}
