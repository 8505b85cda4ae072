package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Tenant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tenants by id and by public id, each asked for once. */
class TenantDirectoryTest {
    private static final String KEY = "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11";
    private final TestNode node = new TestNode();
    private TenantDirectory tenants;

    @BeforeEach
    void start() {
        tenants = node.knowledge().tenants();
        exists(new Tenant("shop", KEY, null, 1));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** And no other. */
    private void exists(Tenant tenant) {
        node.on(
                Tenants.FindByApikey.class,
                find -> new Tenants.Found(find.apikey().equals(tenant.apikey()) ? tenant : null));
        node.on(Tenants.Find.class, find -> new Tenants.Found(find.tenant().equals(tenant.id()) ? tenant : null));
    }

    private int requests() {
        return node.asked(Tenants.FindByApikey.class).size();
    }

    @Test
    void aTenantIsAskedForOnceByItsPublicId() {
        for (int i = 0; i < 10; i++) {
            assertThat(await(tenants.byApikey(node.bus, KEY)).id()).isEqualTo("shop");
        }
        assertThat(await(tenants.find(node.bus, "shop")).apikey()).isEqualTo(KEY);
        assertThat(requests()).isEqualTo(1);
        assertThat(node.asked(Tenants.Find.class)).isEmpty();
    }

    @Test
    void thatThereIsNoneIsRememberedUntilATenantChanges() {
        assertThat(await(tenants.byApikey(node.bus, "x"))).isNull();
        assertThat(await(tenants.byApikey(node.bus, "x"))).isNull();
        assertThat(requests()).isEqualTo(1);

        exists(new Tenant("new", "x", null, 1));
        node.publish(new Event.TenantChanged("new"));
        eventually("the new tenant is found", () -> await(tenants.byApikey(node.bus, "x")) != null);
    }

    @Test
    void anotherPublicIdTakesThePlaceOfTheOldOne() {
        await(tenants.byApikey(node.bus, KEY));
        exists(new Tenant("shop", "other", null, 2));
        node.publish(new Event.TenantChanged("shop"));

        eventually("the old one is void", () -> await(tenants.byApikey(node.bus, KEY)) == null);
        assertThat(await(tenants.byApikey(node.bus, "other")).id()).isEqualTo("shop");
        assertThat(await(tenants.byApikey(node.bus, KEY))).isNull();
    }

    @Test
    void whatTheTenantItselfNoLongerSaysIsNotBelieved() {
        await(tenants.byApikey(node.bus, KEY));
        exists(new Tenant("shop", "other", null, 2));
        tenants.forget("shop");
        await(tenants.find(node.bus, "shop"));

        assertThat(await(tenants.byApikey(node.bus, KEY))).isNull();
    }

    @Test
    void aFailureIsNotRemembered() {
        node.failing(Tenants.FindByApikey.class, new OAuthError.Unavailable("store"));
        assertThat(refusal(tenants.byApikey(node.bus, KEY))).isEqualTo(new OAuthError.Unavailable("store"));
        exists(new Tenant("shop", KEY, null, 1));

        assertThat(await(tenants.byApikey(node.bus, KEY)).id()).isEqualTo("shop");
    }
}
