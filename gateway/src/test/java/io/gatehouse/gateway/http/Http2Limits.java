package io.gatehouse.gateway.http;

import static io.gatehouse.gateway.http.RawHttp2.CONTINUATION;
import static io.gatehouse.gateway.http.RawHttp2.DATA;
import static io.gatehouse.gateway.http.RawHttp2.END_HEADERS;
import static io.gatehouse.gateway.http.RawHttp2.END_STREAM;
import static io.gatehouse.gateway.http.RawHttp2.GOAWAY;
import static io.gatehouse.gateway.http.RawHttp2.HEADERS;
import static io.gatehouse.gateway.http.RawHttp2.PING;
import static io.gatehouse.gateway.http.RawHttp2.RST_STREAM;
import static io.gatehouse.gateway.http.RawHttp2.SETTINGS;
import static io.gatehouse.gateway.http.RawHttp2.block;
import static io.gatehouse.gateway.http.RawHttp2.usual;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What HTTP/2 adds is bounded (RFC 9113), whichever way a client comes to it. */
abstract class Http2Limits {
    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;

    /** A connection of its own to a server that has {@link #never}. */
    abstract RawHttp2 connect();

    /** Adds the path of a request that is never answered. */
    static TestServer never(TestServer server) {
        return server.on(HttpMethod.GET, "/never", exchange -> Future.future(never -> {}));
    }

    @Test
    void manyRequestsGoOverOneConnection() {
        try (RawHttp2 client = connect()) {
            int later = client.get("/later");
            int now = client.get("/now");
            assertThat(client.answer(now).body()).isEqualTo("now");
            assertThat(client.answer(later).body()).isEqualTo("later");
            assertThat(client.answer(client.get("/t/shop/tenant")).body()).isEqualTo("shop");
            assertThat(client.answer(client.get("/nowhere")).status()).isEqualTo(404);
        }
    }

    @Test
    void bodiesAreBoundedAndTheConnectionGoesOn() {
        try (RawHttp2 client = connect()) {
            int announced = client.post("/length", "content-length", String.valueOf(TestServer.MAX_BODY + 1));
            assertThat(client.answer(announced).status()).isEqualTo(413);

            int growing = client.post("/length");
            for (int sent = 0; sent <= TestServer.MAX_BODY; sent += 16_000) {
                int room = Math.min(16_000, TestServer.MAX_BODY + 1 - sent);
                client.frame(DATA, 0, growing, new byte[room]);
                if (sent == 32_000) {
                    // The window opens as what came is read.
                    client.await(frame -> frame.type() == RawHttp2.WINDOW_UPDATE);
                }
            }
            assertThat(client.answer(growing).status()).isEqualTo(413);
            assertThat(client.answer(client.get("/now")).body()).isEqualTo("now");
        }
    }

    @Test
    void headersAreBounded() {
        try (RawHttp2 client = connect()) {
            RawHttp2.Answer large = client.answer(client.get("/now", "x-large", "x".repeat(16_200)));
            assertThat(large.status()).isEqualTo(431);
            RawHttp2.Answer target = client.answer(client.get("/now?" + "x".repeat(9_000)));
            assertThat(target.status()).isEqualTo(414);
            assertThat(client.answer(client.get("/now")).body()).isEqualTo("now");
        }
    }

    @Test
    @DisplayName("CVE-2024-27316: headers that go on and on end the connection")
    void continuationsAreBounded() {
        try (RawHttp2 client = connect()) {
            int stream = client.newStream();
            boolean open = true;
            try {
                client.frame(HEADERS, END_STREAM, stream, block(usual("GET", "/now")));
                for (int i = 0; i < 1000; i++) {
                    client.frame(CONTINUATION, 0, stream, block("x-" + i, "y".repeat(100)));
                }
                client.frame(CONTINUATION, END_HEADERS, stream);
                open = !client.isClosed();
            } catch (RawHttp2.Closed closed) {
                open = false;
            }
            assertThat(open).isFalse();
        }
    }

    @Test
    void streamsAtOnceAreBounded() {
        try (RawHttp2 client = connect()) {
            for (int i = 0; i < 64; i++) {
                client.get("/never");
            }
            assertThat(client.answer(client.get("/now")).reset()).isEqualTo(REFUSED_STREAM);
        }
    }

    @Test
    @DisplayName("CVE-2023-44487: whoever begins requests only to give them up is cut off")
    void rapidResetIsAFlood() {
        try (RawHttp2 client = connect()) {
            try {
                for (int i = 0; i < 2_000; i++) {
                    int stream = client.get("/never");
                    client.frame(RST_STREAM, 0, stream, new byte[4]);
                }
            } catch (RawHttp2.Closed closed) {
                return;
            }
            assertThat(client.await(frame -> frame.type() == GOAWAY).errorCode())
                    .isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void pingsAreAnswered() {
        try (RawHttp2 client = connect()) {
            client.frame(PING, 0, 0, new byte[8]);
            assertThat(client.await(frame -> frame.type() == PING).flags()).isEqualTo(1);
        }
    }

    @Test
    void theServerTellsItsLimits() {
        try (RawHttp2 client = connect()) {
            RawHttp2.Frame settings = client.await(frame -> frame.type() == SETTINGS && frame.flags() == 0);
            ByteBuffer payload = ByteBuffer.wrap(settings.payload());
            boolean streams = false;
            boolean headers = false;
            while (payload.hasRemaining()) {
                int id = payload.getShort();
                int value = payload.getInt();
                streams |= id == 3 && value == 64;
                headers |= id == 6 && value == 16_384;
            }
            assertThat(streams && headers).isTrue();
        }
    }
}
