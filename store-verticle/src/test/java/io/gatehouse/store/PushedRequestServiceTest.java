package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PushedRequestServiceTest extends RoleCase {
    private static final String ADDRESS = "203.0.113.7";

    @Test
    void whatIsPushed_isFoundAndTakenOnce() {
        PushedRequests.Push push = push(ADDRESS, "state=1", Duration.ofSeconds(90));
        assertThat(ask(push).expiresAt()).isEqualTo(push.expiresAt());
        assertThat(ask(new PushedRequests.Find(Tenant.MAIN, "web", push.request()))
                        .form())
                .isEqualTo("state=1");
        PushedRequests.Take take = new PushedRequests.Take(Tenant.MAIN, "web", push.request());
        assertThat(ask(take).first()).isTrue();
        assertThat(ask(take).first()).isFalse();
    }

    @Test
    void oneAddress_pushesSoManyOnly() {
        for (int i = 0; i < 5; i++) {
            ask(push(ADDRESS, "state=1", Duration.ofSeconds(90)));
        }
        PushedRequests.Push sixth = push(ADDRESS, "state=1", Duration.ofSeconds(90));
        Await.fails(bus.ask(sixth), OAuthError.Throttled.class);
        assertThat(ask(new PushedRequests.Find(Tenant.MAIN, "web", sixth.request()))
                        .form())
                .as("nothing was written")
                .isNull();
        ask(push("203.0.113.8", "state=1", Duration.ofSeconds(90)));
    }

    @Test
    void oneTenant_takesSoManyOnly() {
        for (int i = 0; i < 8; i++) {
            ask(push("198.51.100." + i, "state=1", Duration.ofSeconds(90)));
        }
        Await.fails(bus.ask(push("198.51.100.99", "state=1", Duration.ofSeconds(90))), OAuthError.Throttled.class);
        clock.forward(Duration.ofMinutes(1));
        ask(push("198.51.100.99", "state=1", Duration.ofSeconds(90)));
    }

    /** Anybody can push in the name of a public client. */
    @Test
    void strangers_leaveAnAuthenticatedClientItsOwn() {
        for (int i = 0; i < 8; i++) {
            ask(push("198.51.100." + i, "state=1", Duration.ofSeconds(90)));
        }
        Await.fails(bus.ask(push("198.51.100.99", "state=1", Duration.ofSeconds(90))), OAuthError.Throttled.class);
        ask(authenticated(push("198.51.100.99", "state=1", Duration.ofSeconds(90))));
    }

    /** A service pushes for all its users. */
    @Test
    void anAuthenticatedClient_isNotCountedByItsAddress() {
        for (int i = 0; i < 8; i++) {
            ask(authenticated(push(ADDRESS, "state=1", Duration.ofSeconds(90))));
        }
        Await.fails(
                bus.ask(authenticated(push(ADDRESS, "state=1", Duration.ofSeconds(90)))), OAuthError.Throttled.class);
        ask(push(ADDRESS, "state=1", Duration.ofSeconds(90)));
    }

    private static PushedRequests.Push authenticated(PushedRequests.Push push) {
        return new PushedRequests.Push(
                push.tenant(),
                push.clientId(),
                push.request(),
                push.form(),
                push.remoteAddress(),
                push.expiresAt(),
                true);
    }

    @Test
    void whatIsTooLong_isRefused() {
        String most = "x".repeat(16 * 1024);
        ask(push(ADDRESS, most, Duration.ofMinutes(10)));
        Await.fails(bus.ask(push(ADDRESS, most + "x", Duration.ofSeconds(90))), OAuthError.Protocol.class);
        Await.fails(bus.ask(push(ADDRESS, "", Duration.ofMinutes(10).plusMillis(1))), OAuthError.Protocol.class);
    }

    private PushedRequests.Push push(String address, String form, Duration life) {
        CodeId id = CodeId.make(clock.instant().plus(life)).id();
        return new PushedRequests.Push(
                Tenant.MAIN, "web", id, form, address, clock.instant().plus(life), false);
    }
}
