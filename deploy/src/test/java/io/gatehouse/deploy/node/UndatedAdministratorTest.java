package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.GatehouseConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndatedAdministratorTest {
    @Test
    void bothFlagsAreRefusedOutsideTheDemo() {
        assertThatThrownBy(() -> UndatedAdministrator.check(config(true, true), false))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("client payroll ")
                .hasMessageContaining("allow_undated")
                .hasMessageContaining("allow_administrator");
    }

    @Test
    void theDemoMay() {
        assertThatCode(() -> UndatedAdministrator.check(config(true, true), true))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "false, false"})
    void oneFlagIsFine(boolean undated, boolean administrator) {
        assertThatCode(() -> UndatedAdministrator.check(config(undated, administrator), false))
                .doesNotThrowAnyException();
    }

    /** Else a demo would warn about nothing. */
    @Test
    void theDemoDataHasSuchAClient() {
        GatehouseConfig demo = ConfigLoader.parse(DemoData.yaml());
        assertThatThrownBy(() -> UndatedAdministrator.check(demo, false)).hasMessageContaining("client demo ");
        assertThat(demo.bootstrap().clients()).hasSize(3);
    }

    private static GatehouseConfig config(boolean undated, boolean administrator) {
        return ConfigLoader.parse("""
                bootstrap:
                  clients:
                    - client_id: plain
                      client_secret: plain-secret-0123456789abcdef0123456789
                      grant_types: [client_credentials]
                    - client_id: payroll
                      client_secret: payroll-secret-0123456789abcdef0123456789
                      redirect_uris: ["http://127.0.0.1:9999/callback"]
                      jwt_login: {key: payroll-jwt-key-0123456789abcdef0123, allow_undated: %s, allow_administrator: %s}
                """.formatted(undated, administrator));
    }
}
