package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Outcome;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest extends RoleCase {
    private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
    private Context listener;
    private Bus listening;

    @BeforeEach
    void listen() {
        listener = vertx.getOrCreateContext();
        listening = new Bus(vertx, node, 98);
        Promise<Void> ready = Promise.promise();
        listener.runOnContext(start -> listening.hear(this::take).onComplete(ready));
        Await.result(ready.future());
    }

    private void take(Event event) {
        if (!(event instanceof Event.Heartbeat)) {
            heard.add(event);
        }
    }

    @Test
    void denials_areAnnouncedBeforeTheReply() {
        Ticket grant = openGrant();
        Grants.Revoke revoke = new Grants.Revoke(Tenant.MAIN, LOGIN_CLIENT, grant.grant(), Samples.FAMILY);
        assertThat(announced(revoke)).isInstanceOfSatisfying(Event.Denied.class, event -> {
            assertThat(event.denials()).hasSize(1);
            assertThat(event.denials().getFirst().denial().key())
                    .isEqualTo(grant.grant().gid());
        });
        assertThat(announced(new Users.LogOut(Tenant.MAIN, Samples.ADA))).isInstanceOf(Event.Denied.class);
        Revocations.DenyToken token = new Revocations.DenyToken(
                Tenant.MAIN, "web", "jti", clock.instant().plusSeconds(60));
        assertThat(announced(token)).isInstanceOf(Event.Denied.class);
    }

    @Test
    void reuse_isAnnouncedBeforeTheReply() {
        Ticket grant = openGrant();
        ask(rotate(grant, 0));
        ask(rotate(grant, 1));
        assertThat(announced(rotate(grant, 0))).isInstanceOf(Event.Denied.class);
    }

    @Test
    void revoke_tellsHowItEnded() {
        Ticket grant = openGrant();
        Grants.Revoke foreign = new Grants.Revoke(Tenant.MAIN, "web", grant.grant(), Samples.FAMILY);
        assertThat(ask(foreign).outcome()).isEqualTo(Outcome.FOREIGN);
        assertThat(heard).isEmpty();
    }

    @Test
    void changes_areAnnounced() {
        assertThat(announced(new Tenants.Declare(new Tenant("blue", null, null, 0))))
                .isEqualTo(new Event.TenantChanged("blue"));
        assertThat(announced(new Clients.Declare(Samples.client("app"))))
                .isEqualTo(new Event.ClientChanged(Tenant.MAIN, "app"));
        assertThat(announced(new Keys.Save(new SealedKeySet(Tenant.MAIN, 0, List.of(), null), 0)))
                .isEqualTo(new Event.KeysChanged(Tenant.MAIN, 1));
        assertThat(announced(new JwtApps.Declare(Samples.jwtApp("shop"))))
                .isEqualTo(new Event.JwtAppChanged(Tenant.MAIN, "shop"));
        ask(new Clients.Declare(Samples.client("app")));
        ask(new JwtApps.Declare(Samples.jwtApp("shop")));
        assertThat(heard).as("nothing changed").isEmpty();
    }

    @Test
    void heartbeats_tellWhereTheLogStands() throws InterruptedException {
        BlockingQueue<Event.Heartbeat> beats = new LinkedBlockingQueue<>();
        Await.result(bus.hear(event -> {
            if (event instanceof Event.Heartbeat beat) {
                beats.add(beat);
            }
        }));
        Revocations.Page page = ask(new Revocations.Read(0, 10));
        assertThat(beats.poll(30, TimeUnit.SECONDS)).isEqualTo(new Event.Heartbeat(page.incarnation(), page.head()));
        ask(new Users.LogOut(Tenant.MAIN, Samples.ADA));
        Event.Heartbeat beat = beats.poll(30, TimeUnit.SECONDS);
        while (beat != null && beat.head() != page.head() + 1) {
            beat = beats.poll(30, TimeUnit.SECONDS);
        }
        assertThat(beat).isNotNull();
    }

    @Test
    void clients_areAttested() {
        ClientStatement statement =
                attestor.verify(ask(new Clients.Find(Tenant.MAIN, "web")).client(), ClientStatement.class);
        assertThat(statement.client().clientId()).isEqualTo("web");
        assertThat(statement.notAfter()).isEqualTo(clock.instant().plus(Duration.ofSeconds(60)));
        assertThat(ask(new Clients.Find(Tenant.MAIN, LOGIN_CLIENT)).client()).isNotNull();
        assertThat(ask(new Clients.Find(Tenant.MAIN, "nobody")).client()).isNull();
    }

    @Test
    void builtInNames_areTaken() {
        OAuthError error = Await.error(bus.ask(new Clients.Declare(Samples.client("gatehouse.mine"))));
        assertThat(error)
                .isInstanceOfSatisfying(
                        OAuthError.Protocol.class,
                        protocol -> assertThat(protocol.code()).isEqualTo(Code.INVALID_REQUEST));
    }

    @Test
    void health_counts() {
        PartHealth health = ask(new StoreHealth.Check());
        assertThat(health.ready()).isTrue();
        assertThat(health.details())
                .containsEntry("kind", "embedded")
                .containsEntry("clients", "1")
                .containsEntry("users", "1")
                .containsKeys("grants", "denials", "file_bytes", "waiting", "passwords_waiting");
        assertThat(ask(new Tenants.Find(Tenant.MAIN)).tenant()).isNotNull();
        assertThat(ask(new Keys.Load(Tenant.MAIN)).keySet()).isNull();
    }

    /** What was heard by the time the reply arrived at a listener that asks. */
    private Event announced(Request<?> request) {
        Promise<Event> event = Promise.promise();
        listener.runOnContext(start -> reply(request).onSuccess(reply -> event.complete(heard.poll())));
        return Await.result(event.future());
    }

    private Future<?> reply(Request<?> request) {
        return listening.ask(request);
    }
}
