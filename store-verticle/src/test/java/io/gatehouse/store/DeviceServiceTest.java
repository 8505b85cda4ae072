package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Devices.Begun;
import io.gatehouse.common.message.Devices.Found;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Over the bus: one address may ask five times a minute, one tenant eight times; a user, or an address, may be wrong three
 * times in ten minutes.
 */
class DeviceServiceTest extends SessionRoleCase {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final String HOME = "203.0.113.7";
    private static final String ELSEWHERE = "203.0.113.8";

    private int codes;

    @Test
    void begin_isHeldBackByAddressAndByTenant() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(fresh(Tenant.MAIN, HOME))).isInstanceOf(Begun.class);
        }
        Await.fails(bus.ask(fresh(Tenant.MAIN, HOME)), Throttled.class);
        for (int i = 0; i < 3; i++) {
            assertThat(ask(fresh(Tenant.MAIN, ELSEWHERE))).isInstanceOf(Begun.class);
        }
        Await.fails(bus.ask(fresh(Tenant.MAIN, ELSEWHERE)), Throttled.class);
        ask(new Tenants.Declare(new Tenant("other", null, null, 0)));
        assertThat(ask(fresh("other", ELSEWHERE))).isInstanceOf(Begun.class);
        clock.forward(Duration.ofMinutes(1));
        assertThat(ask(fresh(Tenant.MAIN, HOME))).isInstanceOf(Begun.class);
    }

    @Test
    void begin_refusesWhatWouldWaitTooLong() {
        Devices.Begin longer = begin(Tenant.MAIN, HOME, "code", LIFE.plusMillis(1));
        Await.fails(bus.ask(longer), OAuthError.Protocol.class);
    }

    @Test
    void find_countsWrongCodesOfAUser_andNoRightOnes() {
        ask(begin(Tenant.MAIN, HOME, "right", LIFE));
        SessionProof session = begin();
        for (int i = 0; i < 10; i++) {
            assertThat(found(session, "right", "203.0.113." + i).request()).isNotNull();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(found(session, "wrong " + i, "203.0.113." + i).request()).isNull();
        }
        Await.fails(bus.ask(find(session, "right", "203.0.113.99")), Throttled.class);
        Await.fails(bus.ask(find(begin(), "right", "203.0.113.99")), Throttled.class);
        clock.forward(Duration.ofMinutes(4));
        assertThat(found(session, "right", "203.0.113.99").request()).isNotNull();
    }

    @Test
    void find_tellsNothingWithoutASession() {
        ask(begin(Tenant.MAIN, HOME, "right", LIFE));
        SessionProof real = begin();
        SessionProof forged = new SessionProof(real.id(), Digest.of("no cookie"));
        for (int i = 0; i < 10; i++) {
            assertThat(found(forged, "right", HOME)).isEqualTo(new Found(null));
        }
        assertThat(found(real, "right", HOME).request()).isNotNull();
    }

    private Devices.Begin fresh(String tenant, String address) {
        return begin(tenant, address, "code " + codes++, LIFE);
    }

    private Devices.Begin begin(String tenant, String address, String userCode, Duration life) {
        Instant end = clock.instant().plus(life);
        return new Devices.Begin(
                tenant,
                "web",
                CodeId.make(end).id(),
                Digest.of(userCode),
                Scope.parse("api"),
                null,
                Duration.ofSeconds(5),
                address,
                end,
                false);
    }

    private Found found(SessionProof session, String userCode, String address) {
        return ask(find(session, userCode, address));
    }

    private static Devices.Find find(SessionProof session, String userCode, String address) {
        return new Devices.Find(Tenant.MAIN, session, Digest.of(userCode), address);
    }
}
