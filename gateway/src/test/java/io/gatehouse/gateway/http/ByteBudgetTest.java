package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has not arrived whole is bounded in sum, whatever each sender may send. */
class ByteBudgetTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n";

    private final ByteBudget budget = new ByteBudget(100_000);
    private final HttpServerOptions options = new HttpServerOptions();

    @Test
    void manyHalfBodiesAreCutOffBeforeTheyFillTheHeap() {
        List<EmbeddedChannel> senders = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            senders.add(send(HEAD + "x".repeat(20_000)));
        }
        assertThat(senders.stream().filter(EmbeddedChannel::isOpen)).hasSize(4);
    }

    @Test
    void manyHalfHeadsToo() {
        List<EmbeddedChannel> senders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            senders.add(send("GET / HTTP/1.1\r\nHost: a\r\nX-Filler: " + "x".repeat(4_000)));
        }
        assertThat(senders.stream().filter(EmbeddedChannel::isOpen)).hasSizeBetween(20, 25);
    }

    @Test
    void whatArrivedWholeOrWentAwayIsGivenBack() {
        for (int i = 0; i < 50; i++) {
            EmbeddedChannel whole =
                    send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(4_000));
            write(whole, "x".repeat(5_000));
            assertThat(whole.isOpen()).isTrue();
            send(HEAD + "x".repeat(9_000)).close();
        }
        assertThat(send(HEAD + "x".repeat(90_000 - HEAD.length())).isOpen()).isTrue();
    }

    private EmbeddedChannel send(String text) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(options, budget));
        write(channel, text);
        return channel;
    }

    private static void write(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        channel.releaseInbound();
    }
}
