package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.ConfigLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnsignedSelectorTest {
    @RegisterExtension
    private final HeardLog log = HeardLog.of(UnsignedSelector.class);

    @Test
    void eachClientWhoseUsersCanNameAnotherIsWarnedOf() {
        check("payroll", "redirect_uris: [\"http://127.0.0.1:9999/callback\"]", false);
        assertThat(log.lines()).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).contains("jwt_login.require_signed_selector");
            assertThat(event.getKeyValuePairs().getFirst().value).isEqualTo("payroll");
        });
    }

    @Test
    void aSignedSelectorNeedsNoWarning() {
        check("payroll", "redirect_uris: [\"http://127.0.0.1:9999/callback\"]", true);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aClientThatIsNeverRedirectedToAsksByItself() {
        check("service", "grant_types: [client_credentials]", false);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aClientWithoutJwtLoginIsNone() {
        UnsignedSelector.check(ConfigLoader.parse("""
                bootstrap:
                  clients:
                    - client_id: plain
                      client_secret: plain-secret-0123456789abcdef0123456789
                      redirect_uris: ["http://127.0.0.1:9999/callback"]
                """));
        assertThat(log.lines()).isEqualTo(List.of());
    }

    private static void check(String clientId, String more, boolean signed) {
        UnsignedSelector.check(ConfigLoader.parse("""
                bootstrap:
                  clients:
                    - client_id: %s
                      client_secret: payroll-secret-0123456789abcdef0123456789
                      %s
                      jwt_login: {key: payroll-jwt-key-0123456789abcdef0123, require_signed_selector: %s}
                """.formatted(clientId, more, signed)));
    }
}
