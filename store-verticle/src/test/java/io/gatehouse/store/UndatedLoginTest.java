package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Putting;
import io.gatehouse.common.message.Codes.Taking;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Logins by JWTs without any time; the client may have five a minute. */
class UndatedLoginTest extends RoleCase {
    private static final Throttled TWELVE_SECONDS = new Throttled(Duration.ofSeconds(12));

    @Test
    void put_holdsBackAfterFive() {
        exhaust();
        Codes.PutByClientJwt put = put(undated(Tenant.MAIN, "web"));
        assertThat(Await.error(bus.ask(put))).isEqualTo(TWELVE_SECONDS);
        assertThat(ask(new Codes.Take(Tenant.MAIN, "web", put.code(), null, null)))
                .as("no code was written")
                .isInstanceOf(Taking.Refused.class);
        clock.forward(Duration.ofSeconds(12));
        assertThat(ask(put(undated(Tenant.MAIN, "web")))).isInstanceOf(Putting.Stored.class);
        assertThat(Await.error(bus.ask(put(undated(Tenant.MAIN, "web"))))).isEqualTo(TWELVE_SECONDS);
    }

    @Test
    void put_inParallelLetsFiveThrough() {
        List<Future<Boolean>> puts = IntStream.range(0, 32)
                .mapToObj(i -> bus.ask(put(undated(Tenant.MAIN, "web")))
                        .map(Putting.Stored.class::isInstance)
                        .otherwise(false))
                .toList();
        assertThat(Await.results(puts)).filteredOn(stored -> stored).hasSize(5);
    }

    @Test
    void put_countsUndatedOnesOnly() {
        for (int i = 0; i < 10; i++) {
            assertThat(ask(put(dated("jwt " + i)))).isInstanceOf(Putting.Stored.class);
        }
        exhaust();
        assertThat(ask(put(dated("another jwt")))).isInstanceOf(Putting.Stored.class);
    }

    @Test
    void put_countsPerClientAndTenant() {
        ask(new Clients.Declare(Samples.client("app")));
        exhaust();
        assertThat(ask(put(undated(Tenant.MAIN, "app")))).isInstanceOf(Putting.Stored.class);
        assertThat(ask(put(undated("nowhere", "web"))))
                .as("somebody else's limit")
                .isInstanceOf(Putting.Refused.class);
    }

    @Test
    void put_countsNothingThatTheTokenRoleDidNotState() {
        Attestor forger = new Attestor(Bytes.of(new byte[32]));
        for (int i = 0; i < 10; i++) {
            Instant end = clock.instant().plusSeconds(60);
            Codes.PutByClientJwt forged = new Codes.PutByClientJwt(
                    forger.attest(undated(Tenant.MAIN, "web")), CodeId.make(end).id(), end);
            assertThat(Await.error(bus.ask(forged))).isInstanceOf(OAuthError.Protocol.class);
        }
        exhaust();
    }

    private void exhaust() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(put(undated(Tenant.MAIN, "web")))).isInstanceOf(Putting.Stored.class);
        }
    }

    private Codes.PutByClientJwt put(ClientJwtStatement statement) {
        Instant end = clock.instant().plus(Duration.ofMinutes(5));
        return new Codes.PutByClientJwt(
                attestor.attest(statement), CodeId.make(end).id(), end);
    }

    private ClientJwtStatement undated(String tenant, String clientId) {
        return CodeSamples.jwtLogin(tenant, clientId, null, clock.instant());
    }

    private ClientJwtStatement dated(String jwt) {
        return CodeSamples.jwtLogin(Tenant.MAIN, "web", Digest.of(jwt), clock.instant());
    }
}
