package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Tenant;
import org.junit.jupiter.api.Test;

class TenantServiceTest extends RoleCase {
    private static final String APIKEY = "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11";

    @Test
    void findByApikey_givesTheTenantThatHasIt() {
        ask(new Tenants.Declare(new Tenant("blue", APIKEY, null, 0)));
        assertThat(ask(new Tenants.FindByApikey(APIKEY)).tenant()).isEqualTo(new Tenant("blue", APIKEY, null, 1));
        assertThat(ask(new Tenants.FindByApikey("blue")).tenant()).isNull();
        assertThat(ask(new Tenants.FindByApikey("")).tenant()).isNull();
    }
}
