package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that stops takes nothing new and finishes what it began. */
class ShutdownTest {
    private final BlockingQueue<Promise<Reply>> held = new LinkedBlockingQueue<>();
    private TestServer server;

    @BeforeEach
    void start() {
        Endpoint holding = exchange -> {
            Promise<Reply> promise = Promise.promise();
            held.add(promise);
            return promise.future();
        };
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(HttpMethod.GET, "/held", holding)
                .on(HttpMethod.POST, "/held", holding)
                .listening();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Promise<Reply> arrived() throws InterruptedException {
        Promise<Reply> promise = held.poll(20, TimeUnit.SECONDS);
        assertThat(promise).isNotNull();
        return promise;
    }

    @Test
    void whatIsInFlightIsFinished() throws InterruptedException {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("GET /held HTTP/1.1", "Host: a"));
            Promise<Reply> promise = arrived();
            Future<Void> down = server.shutdown(Duration.ofSeconds(30));
            assertRefusesConnections();
            assertThat(down.isComplete()).isFalse();
            promise.complete(TestServer.reply("finished"));
            assertThat(client.read().body()).isEqualTo("finished");
            assertThat(client.readToEnd()).isEmpty();
            TestServer.await(down);
        }
    }

    @Test
    void aBodyOnItsWayIsStillRead() throws InterruptedException {
        try (RawClient client = server.connect()) {
            client.send(
                    RawClient.request("POST /echo HTTP/1.1", "Host: a", "Content-Length: 4", "Expect: 100-continue"));
            assertThat(client.read().status()).isEqualTo(100);
            Future<Void> down = server.shutdown(Duration.ofSeconds(30));
            assertRefusesConnections();
            client.send("body");
            assertThat(client.read().body()).isEqualTo("body");
            assertThat(client.readToEnd()).isEmpty();
            TestServer.await(down);
        }
    }

    @Test
    void whatTakesTooLongIsCutOff() throws InterruptedException {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("GET /held HTTP/1.1", "Host: a"));
            Promise<Reply> promise = arrived();
            TestServer.await(server.shutdown(Duration.ofMillis(200)));
            assertThat(client.readToEnd()).isEmpty();
            promise.complete(TestServer.reply("too late"));
        }
    }

    @Test
    void connectionsThatRestAreClosedAtOnce() {
        try (RawClient resting = server.connect();
                RawClient used = server.connect()) {
            used.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(used.read().body()).isEqualTo("now");
            TestServer.await(server.shutdown(Duration.ofSeconds(60)));
            assertThat(resting.readToEnd()).isEmpty();
            assertThat(used.readToEnd()).isEmpty();
        }
    }

    private void assertRefusesConnections() throws InterruptedException {
        for (int tries = 0; tries < 200 && accepts(); tries++) {
            Thread.sleep(50);
        }
        assertThatThrownBy(() -> RawClient.connect(server.port())).hasMessageContaining("can't connect");
    }

    private boolean accepts() {
        try {
            server.connect().close();
            return true;
        } catch (AssertionError refused) {
            return false;
        }
    }
}
