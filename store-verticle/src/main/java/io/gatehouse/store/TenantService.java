package io.gatehouse.store;

import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;

/** Answers {@link Tenants}. */
final class TenantService {
    private final DirectoryStore.Tenants tenants;
    private final Announcer announcer;

    TenantService(DirectoryStore.Tenants tenants, Announcer announcer) {
        this.tenants = tenants;
        this.announcer = announcer;
    }

    Future<?> answer(Tenants<?> request) {
        return switch (request) {
            case Tenants.Find find -> tenants.find(find.tenant()).map(Tenants.Found::new);
            case Tenants.FindByApikey find -> tenants.byApikey(find.apikey()).map(Tenants.Found::new);
            case Tenants.Declare declare -> declare(declare.tenant());
        };
    }

    private Future<Tenants.Declared> declare(Tenant tenant) {
        return tenants.declare(tenant).map(changed -> {
            if (changed) {
                announcer.tenantChanged(tenant.id());
                AuditLine.of("tenant_declared", tenant.id()).outcome("changed");
            }
            return new Tenants.Declared(changed);
        });
    }
}
