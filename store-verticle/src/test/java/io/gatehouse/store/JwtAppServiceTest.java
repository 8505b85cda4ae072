package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.JwtAppStatement;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JwtAppServiceTest extends RoleCase {
    @Test
    void find_attestsTheApp() {
        assertThat(ask(new JwtApps.Declare(Samples.jwtApp("shop", "page"))).changed())
                .isTrue();
        Attestation app = ask(new JwtApps.Find(Tenant.MAIN, "shop")).app();
        JwtAppStatement statement = attestor.verify(app, JwtAppStatement.class);
        assertThat(statement.app()).isEqualTo(Samples.jwtApp("shop", "page").withVersion(1));
        assertThat(statement.notAfter()).isEqualTo(clock.instant().plus(Duration.ofSeconds(60)));
        assertThat(attestor.verify(app, ClientStatement.class)).isNull();
    }

    @Test
    void find_givesNothingOfUnknownApps() {
        ask(new JwtApps.Declare(Samples.jwtApp("shop")));
        assertThat(ask(new JwtApps.Find(Tenant.MAIN, "nobody")).app()).isNull();
        assertThat(ask(new JwtApps.Find("nowhere", "shop")).app()).isNull();
    }

    @Test
    void find_givesNothingOfDisabledApps() {
        ask(new JwtApps.Declare(Samples.jwtApp("shop")));
        assertThat(ask(new JwtApps.Declare(Samples.disabledJwtApp("shop"))).changed())
                .isTrue();
        assertThat(ask(new JwtApps.Find(Tenant.MAIN, "shop")).app()).isNull();
        assertThat(ask(new StoreHealth.Check()).details()).containsEntry("jwt_apps", "1");
        ask(new JwtApps.Declare(Samples.jwtApp("shop")));
        assertThat(ask(new JwtApps.Find(Tenant.MAIN, "shop")).app()).isNotNull();
    }

    @Test
    void declare_saysWhetherItChanged() {
        ask(new JwtApps.Declare(Samples.jwtApp("shop")));
        assertThat(ask(new JwtApps.Declare(Samples.jwtApp("shop"))).changed()).isFalse();
        assertThat(ask(new JwtApps.Declare(Samples.jwtApp("shop", "page"))).changed())
                .isTrue();
        assertThat(ask(new StoreHealth.Check()).details()).containsEntry("jwt_apps", "1");
    }

    @Test
    void declare_tellsWhichNameIsTaken() {
        assertThat(Await.error(bus.ask(new JwtApps.Declare(Samples.jwtApp("shop", "web")))))
                .isEqualTo(new Conflict("audience"));
        ask(new JwtApps.Declare(Samples.jwtApp("shop", "page")));
        assertThat(Await.error(bus.ask(new Clients.Declare(Samples.client("page")))))
                .isEqualTo(new Conflict("client_id"));
    }
}
