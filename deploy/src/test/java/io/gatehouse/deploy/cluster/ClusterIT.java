package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClusterIT {
    private static final Tenant TENANT = new Tenant("acme", null, "ädministrator", 7);

    @Test
    void twoNodesExchangeOurMessages() throws Exception {
        List<Integer> ports = List.of(freePort(), freePort());
        LoopbackCluster first = LoopbackCluster.member(ports.get(0), ports);
        LoopbackCluster second = LoopbackCluster.member(ports.get(1), ports);
        Vertx store = await(first.vertx());
        Vertx gateway = await(second.vertx());
        try {
            assertThat(first.getNodes()).hasSize(2).isEqualTo(second.getNodes());
            exchange(store, gateway);
            share(store, gateway);
        } finally {
            await(gateway.close());
            await(store.close());
            second.stop();
            first.stop();
        }
    }

    private static void exchange(Vertx store, Vertx gateway) throws Exception {
        Bus.register(store);
        Bus.register(gateway);
        Bus answering = new Bus(store, new BusNode("store"), 0);
        await(answering.serve(Tenants.class, Tenants.ADDRESS, ClusterIT::answer));
        Bus asking = new Bus(gateway, new BusNode("gateway"), 0);

        assertThat(await(asking.ask(new Tenants.Find("acme"))).tenant()).isEqualTo(TENANT);
        assertThat(await(asking.ask(new Tenants.Find("nobody"))).tenant()).isNull();
        Throwable refused = asking.ask(new Tenants.Declare(TENANT))
                .toCompletionStage()
                .toCompletableFuture()
                .handle((answer, failure) -> failure)
                .get(20, TimeUnit.SECONDS);
        assertThat(((OAuthFailure) refused).error()).isEqualTo(new OAuthError.Protocol(Code.ACCESS_DENIED, "not here"));
    }

    private static Future<?> answer(Tenants<?> request) {
        return switch (request) {
            case Tenants.Find find ->
                Future.succeededFuture(new Tenants.Found(find.tenant().equals("acme") ? TENANT : null));
            case Tenants.FindByApikey find -> Future.succeededFuture(new Tenants.Found(null));
            case Tenants.Declare declare -> Future.failedFuture(OAuthError.failure(Code.ACCESS_DENIED, "not here"));
        };
    }

    private static void share(Vertx one, Vertx other) throws Exception {
        await(one.sharedData().<String, String>getAsyncMap("map").compose(map -> map.put("key", "value")));
        String read =
                await(other.sharedData().<String, String>getAsyncMap("map").compose(map -> map.get("key")));
        assertThat(read).isEqualTo("value");
        long counted = await(one.sharedData().getCounter("counter").compose(Counter::incrementAndGet));
        assertThat(counted).isEqualTo(1);
        counted = await(other.sharedData().getCounter("counter").compose(Counter::incrementAndGet));
        assertThat(counted).isEqualTo(2);
        await(other.sharedData().getLock("lock").map(lock -> {
            lock.release();
            return lock;
        }));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
