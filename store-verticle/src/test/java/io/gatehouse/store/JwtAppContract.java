package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class JwtAppContract extends ContractCase {
    @Test
    void find_givesWhatWasDeclared() {
        JwtApp shop = Samples.jwtApp("shop", "audience 1", "audience 2");
        assertThat(declare(shop)).isTrue();
        assertThat(find("shop")).isEqualTo(shop.withVersion(1));
        assertThat(find("Shop")).isNull();
        assertThat(Await.result(store.jwtApps().find(OTHER_TENANT, "shop"))).isNull();
    }

    @Test
    void declare_saysWhetherItChanged() {
        declare(Samples.jwtApp("shop"));
        assertThat(declare(Samples.jwtApp("shop"))).isFalse();
        assertThat(declare(Samples.jwtApp("shop", "audience"))).isTrue();
        assertThat(find("shop")).isEqualTo(Samples.jwtApp("shop", "audience").withVersion(2));
    }

    @Test
    void declare_disablesAndEnables() {
        declare(Samples.jwtApp("shop"));
        assertThat(declare(Samples.disabledJwtApp("shop"))).isTrue();
        assertThat(declare(Samples.disabledJwtApp("shop"))).isFalse();
        reopen(Samples.TIMES);
        assertThat(find("shop")).isEqualTo(Samples.disabledJwtApp("shop").withVersion(2));
        assertThat(declare(Samples.jwtApp("shop"))).isTrue();
        assertThat(find("shop").disabled()).isFalse();
    }

    @Test
    void declare_keepsTheBoxOfTheSameKey() {
        declare(withKey("key", "master", "box"));
        assertThat(declare(withKey("key", "master", "another box"))).isFalse();
        assertThat(find("shop").key().box()).isEqualTo(Bytes.utf8("box"));
        assertThat(declare(withKey("key", "another master", "box 2"))).isTrue();
        assertThat(find("shop").key()).isEqualTo(new Sealed("another master", Bytes.utf8("box 2")));
        assertThat(declare(withKey("another key", "another master", "box 3"))).isTrue();
        assertThat(find("shop").key().box()).isEqualTo(Bytes.utf8("box 3"));
    }

    @Test
    void declare_needsATenant() {
        Await.fails(store.jwtApps().declare(Samples.jwtAppOf("nowhere", "shop")), NotFound.class);
    }

    @Test
    void declare_keepsTenantsApart() {
        declare(Samples.jwtApp("shop"));
        declare(Samples.jwtAppOf(OTHER_TENANT, "shop", "web"));
        assertThat(find("shop")).isEqualTo(Samples.jwtApp("shop").withVersion(1));
        assertThat(Await.result(store.jwtApps().find(OTHER_TENANT, "shop")))
                .isEqualTo(Samples.jwtAppOf(OTHER_TENANT, "shop", "web").withVersion(1));
    }

    @Test
    void declare_refusesAClientAsAudience() {
        refusesAudience(Samples.jwtApp("shop", "elsewhere", "web"));
        refusesAudience(Samples.jwtApp("shop", BuiltInClients.clientId(TokenFamily.LOGIN)));
        refusesAudience(Samples.jwtAppOf(OTHER_TENANT, "shop", BuiltInClients.clientId(TokenFamily.LOGIN)));
        assertThat(find("shop")).isNull();
        declare(Samples.jwtApp("shop", "elsewhere"));
        refusesAudience(Samples.jwtApp("shop", "web"));
        assertThat(find("shop").audiences()).containsExactly("elsewhere");
    }

    @Test
    void declare_refusesAnAudienceAsClient() {
        declare(Samples.jwtApp("first"));
        declare(Samples.jwtApp("second", "other", "page"));
        declare(Samples.jwtApp("third"));
        Await.result(store.tenants().declare(new Tenant("a", null, null, 0)));
        assertThat(Await.error(store.clients().declare(Samples.client("page")))).isEqualTo(new Conflict("client_id"));
        assertThat(Await.result(store.clients().find(Tenant.MAIN, "page"))).isNull();
        for (String tenant : List.of(OTHER_TENANT, "a")) {
            assertThat(Await.result(store.clients().declare(Samples.client(tenant, "page", true))))
                    .as("an audience of another tenant")
                    .isTrue();
        }
        declare(Samples.jwtApp("second", "other"));
        assertThat(Await.result(store.clients().declare(Samples.client("page"))))
                .as("no audience any more")
                .isTrue();
        Await.fails(store.clients().declare(Samples.client("other")), Conflict.class);
    }

    @Test
    void declare_letsAppOrClientHaveAName() {
        for (int i = 0; i < 32; i++) {
            String name = "name " + i;
            List<Future<Boolean>> both = new ArrayList<>();
            both.add(store.jwtApps().declare(Samples.jwtApp("app " + i, name)).otherwise(false));
            both.add(store.clients().declare(Samples.client(name)).otherwise(false));
            assertThat(Await.results(both)).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void declare_takesAnyText() {
        for (String name : List.of("größe-客户端-🦊", "a\0b", "a", "a\0", "\0", "x".repeat(4000), "'; drop table --")) {
            assertThat(declare(Samples.jwtApp(name, name))).as(name).isTrue();
            assertThat(find(name).audiences()).containsExactly(name);
            Await.fails(store.clients().declare(Samples.client(name)), Conflict.class);
        }
    }

    @Test
    void restart_keepsAppsAndTheirAudiences() {
        declare(Samples.jwtApp("shop", "page"));
        reopen(Samples.TIMES);
        assertThat(find("shop")).isEqualTo(Samples.jwtApp("shop", "page").withVersion(1));
        assertThat(declare(Samples.jwtApp("shop", "page"))).isFalse();
        Await.fails(store.clients().declare(Samples.client("page")), Conflict.class);
    }

    private void refusesAudience(JwtApp app) {
        assertThat(Await.error(store.jwtApps().declare(app))).isEqualTo(new Conflict("audience"));
    }

    private boolean declare(JwtApp app) {
        return Await.result(store.jwtApps().declare(app));
    }

    private JwtApp find(String name) {
        return Await.result(store.jwtApps().find(Tenant.MAIN, name));
    }

    private static JwtApp withKey(String key, String masterKey, String box) {
        return Samples.jwtApp(Tenant.MAIN, "shop", key, new Sealed(masterKey, Bytes.utf8(box)));
    }
}
