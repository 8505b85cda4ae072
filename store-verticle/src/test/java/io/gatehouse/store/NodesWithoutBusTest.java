package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Revocations.DenyToken;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.pg.PostgresServer;
import io.gatehouse.store.pg.Relay;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Store nodes on one PostgreSQL database that can't speak with each other: each announces what the other one wrote. */
class NodesWithoutBusTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final PostgresServer SERVER = PostgresServer.shared();

    private final String uri = SERVER.uri("notices");
    private final String database = uri.substring(uri.lastIndexOf('/') + 1);
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(Node::close);
        SERVER.execute("DROP DATABASE " + database + " WITH (FORCE)");
    }

    private Node node(String address, Duration heartbeat) {
        Node node = new Node(address, heartbeat);
        nodes.add(node);
        return node;
    }

    @Test
    void whatOneDenies_theOtherAnnounces_longBeforeItsHeartbeat() throws Exception {
        Node one = node(uri, NEVER);
        Node other = node(uri, NEVER);
        other.awaitToldOfDenials("yes");

        one.deny("first");
        assertThat(other.announced("first")).isTrue();
        other.deny("second");
        assertThat(one.announced("second")).isTrue();
    }

    @Test
    void whatWasDeniedWhileItCouldNotListen_isAnnouncedOnceItCan() throws Exception {
        Node one = node(uri, NEVER);
        Node other = node(uri, NEVER);
        other.awaitToldOfDenials("yes");
        // Nobody connects anew, of those who listen or not.
        SERVER.execute("ALTER DATABASE " + database + " CONNECTION LIMIT 1");
        SERVER.execute(
                database,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
                        + "' AND query LIKE '%SELECT last FROM denial_log'");
        other.awaitToldOfDenials("no");
        one.deny("meanwhile");
        SERVER.execute("ALTER DATABASE " + database + " CONNECTION LIMIT -1");

        assertThat(other.announced("meanwhile")).isTrue();
        one.deny("later");
        assertThat(other.announced("later")).isTrue();
    }

    @Test
    void whereNobodyMayListen_heartbeatsTell() throws Exception {
        try (Relay relay = new Relay(SERVER.port())) {
            relay.garble("LISTEN");
            Node one = node(uri, NEVER);
            Node other = node(uri.replace(":" + SERVER.port() + "/", ":" + relay.port() + "/"), Duration.ofMillis(100));
            one.deny("unheard of");

            assertThat(other.heard(event -> event instanceof Event.Heartbeat beat && beat.head() == 1))
                    .isTrue();
            other.awaitToldOfDenials("no");
        }
    }

    /** A process with the role store, and whoever hears it. */
    private static final class Node {
        private final Vertx vertx = Vertx.vertx();
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final Bus bus = new Bus(vertx, new BusNode("node"), 0);
        private final StoreRole role;

        Node(String address, Duration heartbeat) {
            Bus.register(vertx);
            StoreConfig config = new StoreConfig(
                    StoreConfig.Kind.POSTGRES, Path.of("unused"), 4096, SecretValue.of(address), 4, true);
            StoreSettings settings = RoleCase.settings(config, Duration.ofSeconds(30), heartbeat);
            role = Await.result(
                    StoreRole.open(vertx, settings, false, new Attestor(Entropy.bytes(32)), Clock.systemUTC()));
            Await.result(bus.hear(events::add));
            Await.result(vertx.deployVerticle(role.verticle(new Bus(vertx, new BusNode("node"), 1))));
            ask(new Clients.Declare(Samples.client("web")));
        }

        <R> R ask(Request<R> request) {
            return Await.result(bus.ask(request));
        }

        void deny(String jti) {
            ask(new DenyToken(
                    Tenant.MAIN, "web", jti, Clock.systemUTC().instant().plusSeconds(600)));
        }

        void awaitToldOfDenials(String state) throws InterruptedException {
            PartHealth health = ask(new StoreHealth.Check());
            for (int tries = 0; tries < 600 && !state.equals(health.details().get("told_of_denials")); tries++) {
                Thread.sleep(50);
                health = ask(new StoreHealth.Check());
            }
            assertThat(health.details()).containsEntry("told_of_denials", state);
        }

        boolean announced(String jti) throws InterruptedException {
            return heard(event -> event instanceof Event.Denied denied
                    && denied.denials().stream()
                            .anyMatch(line -> line.denial().key().equals(jti)));
        }

        boolean heard(Predicate<Event> wanted) throws InterruptedException {
            Event event = events.poll(30, TimeUnit.SECONDS);
            while (event != null && !wanted.test(event)) {
                event = events.poll(30, TimeUnit.SECONDS);
            }
            return event != null;
        }

        void close() {
            Await.result(role.close());
            Await.result(vertx.close());
        }
    }
}
