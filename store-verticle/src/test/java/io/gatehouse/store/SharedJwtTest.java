package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.Putting;
import io.gatehouse.common.message.Codes.Taking;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Logins by dated JWTs that name their user beside them: one text, many users. */
class SharedJwtTest extends RoleCase {
    private int users;

    @Test
    void put_holdsBackAfterAHundredByOneJwt() {
        exhaust();
        Codes.PutByClientJwt put = put(statement("web", "jwt"));
        assertThat(Await.error(bus.ask(put))).isEqualTo(new Throttled(Duration.ofSeconds(36)));
        assertThat(ask(new Codes.Take(Tenant.MAIN, "web", put.code(), null, null)))
                .as("no code was written")
                .isInstanceOf(Taking.Refused.class);
        clock.forward(Duration.ofSeconds(36));
        assertThat(ask(put(statement("web", "jwt")))).isInstanceOf(Putting.Stored.class);
    }

    @Test
    void put_countsPerJwtAndClient() {
        ask(new Clients.Declare(Samples.client("app")));
        exhaust();
        assertThat(ask(put(statement("web", "another")))).isInstanceOf(Putting.Stored.class);
        assertThat(ask(put(statement("app", "jwt")))).isInstanceOf(Putting.Stored.class);
        assertThat(ask(put(statement("web", null)))).as("named inside").isInstanceOf(Putting.Stored.class);
    }

    /** Else guessing names would cost nothing. */
    @Test
    void put_countsRefusalsToo() {
        ClientJwtStatement statement = statement("web", "jwt");
        assertThat(ask(put(statement))).isInstanceOf(Putting.Stored.class);
        for (int i = 1; i < 100; i++) {
            assertThat(ask(put(statement))).isEqualTo(new Putting.Refused(PutRefusal.REPLAYED));
        }
        OAuthError error = Await.error(bus.ask(put(statement)));
        assertThat(error).isInstanceOf(Throttled.class);
    }

    private void exhaust() {
        for (int i = 0; i < 100; i++) {
            assertThat(ask(put(statement("web", "jwt")))).isInstanceOf(Putting.Stored.class);
        }
    }

    private Codes.PutByClientJwt put(ClientJwtStatement statement) {
        Instant end = clock.instant().plus(Duration.ofMinutes(5));
        return new Codes.PutByClientJwt(
                attestor.attest(statement), CodeId.make(end).id(), end);
    }

    /** As for another user each time. */
    private ClientJwtStatement statement(String clientId, @Nullable String jwt) {
        return CodeSamples.jwtLogin(
                Tenant.MAIN,
                clientId,
                Digest.of("user " + users++),
                clock.instant(),
                jwt == null ? null : Digest.of(jwt));
    }
}
