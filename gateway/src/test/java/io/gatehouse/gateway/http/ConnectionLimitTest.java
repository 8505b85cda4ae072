package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
    private static final String NOW = RawClient.request("GET /now HTTP/1.1", "Host: a");
    private static final int LIMIT = 5;
    private final List<RawClient> clients = new ArrayList<>();
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.with(TestServer.Settings.USUAL.connections(LIMIT)).listening();
    }

    @AfterEach
    void stop() {
        leave();
        server.close();
    }

    private void leave() {
        clients.forEach(RawClient::close);
        clients.clear();
    }

    /** Opens as many as there may be; the server learns of closed ones a moment later, so it may take some tries. */
    private void fill() {
        for (int tries = 0; clients.size() < LIMIT; tries++) {
            assertThat(tries).as("connections that were tried").isLessThan(5000);
            RawClient client = server.connect();
            if (isServed(client)) {
                clients.add(client);
            } else {
                client.close();
            }
        }
    }

    private static boolean isServed(RawClient client) {
        try {
            return client.sendWhilePossible(NOW.getBytes()) && client.read().status() == 200;
        } catch (AssertionError closed) {
            return false;
        }
    }

    private void assertFull() {
        try (RawClient tooMany = server.connect()) {
            assertThat(isServed(tooMany)).isFalse();
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAndTheOthersGoOn() {
        fill();
        assertFull();
        for (RawClient client : clients) {
            assertThat(client.send(NOW).read().body()).isEqualTo("now");
        }
    }

    @Test
    void closedConnectionsMakeRoom() {
        for (int round = 0; round < 4; round++) {
            fill();
            assertFull();
            leave();
        }
    }

    @Test
    void connectionsThatEndBadlyMakeRoomToo() {
        for (int round = 0; round < 4 * LIMIT; round++) {
            try (RawClient refused = server.connect();
                    RawClient leaving = server.connect()) {
                refused.sendWhilePossible("nonsense\r\n\r\n".getBytes());
                refused.readToEnd();
                leaving.sendWhilePossible("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx".getBytes());
            }
        }
        fill();
        assertFull();
    }
}
