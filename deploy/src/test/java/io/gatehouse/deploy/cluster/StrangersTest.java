package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.metric.Exposition;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store, a gateway and an application, whose certificate is of the same authority and makes it a member: what it can't do. */
@Timeout(240)
class StrangersTest {
    private static final Tenants.Find FIND = new Tenants.Find("main");

    @TempDir
    private static Path folder;

    private static final AtomicInteger PERFORMED = new AtomicInteger();
    private static Member store;
    private static Member gateway;
    private static Member application;
    private static Bus serving;
    private static Bus asking;

    @BeforeAll
    static void start() throws Exception {
        List<Integer> ports = List.of(Member.freePort(), Member.freePort(), Member.freePort());
        store = member(ports, 0, "store", Role.STORE);
        gateway = member(ports, 1, "gateway", Role.GATEWAY);
        application = member(ports, 2, "orders");
        serving = new Bus(store.vertx, store.node, 0);
        asking = new Bus(gateway.vertx, gateway.node, 0);
        serving.serve(Tenants.class, Tenants.ADDRESS, find -> {
                    PERFORMED.incrementAndGet();
                    return Future.succeededFuture(new Tenants.Found(null));
                })
                .await();
        serving.serve(Keys.class, Keys.ADDRESS, load -> {
                    PERFORMED.incrementAndGet();
                    return Future.succeededFuture(new Keys.Loaded(null));
                })
                .await();
        Eventually.isTrue(() -> asking.ask(FIND).map(true).otherwise(false).await());
    }

    private static Member member(List<Integer> ports, int index, String name, Role... roles) throws Exception {
        ClusterConfig config = Member.config(ports.get(index), 0, ports, Member.certificate(folder, name, roles));
        return Member.join(config, roles);
    }

    @AfterAll
    static void stop() {
        application.close();
        gateway.close();
        store.close();
    }

    private static long refused(Member member, String reason) {
        Exposition out = new Exposition();
        member.node.measure(out);
        String line = out.text()
                .lines()
                .filter(one -> one.contains("reason=\"" + reason + "\""))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.substring(line.indexOf('}') + 2));
    }

    private static OAuthError error(Bus bus, Request<?> request) {
        try {
            throw new AssertionError(bus.ask(request).await());
        } catch (OAuthFailure failure) {
            return failure.error();
        }
    }

    @Test
    void aGatewayGetsNoKeys() {
        long before = refused(store, "forbidden");
        int performed = PERFORMED.get();

        OAuthError.Protocol error = (OAuthError.Protocol) error(asking, new Keys.Load("main"));

        assertThat(error.code()).isEqualTo(Code.ACCESS_DENIED);
        assertThat(PERFORMED).hasValue(performed);
        assertThat(refused(store, "forbidden")).isEqualTo(before + 1);
    }

    @Test
    void anApplicationMayAskNothing() {
        int performed = PERFORMED.get();
        Bus own = new Bus(application.vertx, application.node, 0);

        OAuthError.Protocol error = (OAuthError.Protocol) error(own, FIND);

        assertThat(error.code()).isEqualTo(Code.ACCESS_DENIED);
        assertThat(PERFORMED).hasValue(performed);
    }

    @Test
    void whatIsNotSealedIsRefused() {
        long before = refused(store, "unsealed");
        int performed = PERFORMED.get();
        for (Object body : List.of(new JsonObject().put("tenant", "main"), "main")) {
            assertThat(application
                            .vertx
                            .eventBus()
                            .request(Tenants.ADDRESS + "." + store.node.id(), body)
                            .map("answered")
                            .otherwise("refused")
                            .await())
                    .isEqualTo("refused");
        }
        assertThat(PERFORMED).hasValue(performed);
        assertThat(refused(store, "unsealed")).isEqualTo(before + 2);
    }

    /** It stands at the address of all stores, and at that of the one there is. */
    @Test
    void aRogueConsumerGetsNothingAndKeepsNobodyFromTheStore() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        String own = store.node.id();
        for (String address :
                List.of(Tenants.ADDRESS, Tenants.ADDRESS + "." + own, Tenants.ADDRESS + "." + application.node.id())) {
            application
                    .vertx
                    .eventBus()
                    .consumer(address, message -> {
                        seen.add(message.body());
                        message.fail(1, "{}");
                    })
                    .completion()
                    .await();
        }
        Eventually.isTrue(() -> gateway.vertx
                .eventBus()
                .request(Tenants.ADDRESS + "." + application.node.id(), "there")
                .map(false)
                .recover(told -> Future.succeededFuture(seen.contains("there")))
                .await());
        seen.clear();

        for (int i = 0; i < 50; i++) {
            assertThat(asking.ask(FIND).await()).isEqualTo(new Tenants.Found(null));
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void forgedEventsAreHeardByNobody() throws Exception {
        List<Event> heard = new CopyOnWriteArrayList<>();
        Bus ear = new Bus(gateway.vertx, gateway.node, 1);
        ear.hear(heard::add).await();
        Event said = new Event.TenantChanged("said");
        Eventually.isTrue(() -> {
            serving.publish(said);
            return heard.contains(said);
        });
        long forbidden = refused(gateway, "forbidden");
        long unsealed = refused(gateway, "unsealed");

        Bus forging = new Bus(application.vertx, application.node, 1);
        forging.publish(new Event.Heartbeat("forged", 1));
        forging.publish(new Event.Denied("forged", List.of()));
        application.vertx.eventBus().publish(Event.ADDRESS, new JsonObject().put("head", 1));

        Eventually.isTrue(
                () -> refused(gateway, "forbidden") == forbidden + 2 && refused(gateway, "unsealed") == unsealed + 1);
        assertThat(heard).containsOnly(said);
        ear.close().await();
    }
}
