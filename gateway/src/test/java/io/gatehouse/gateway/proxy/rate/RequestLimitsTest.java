package io.gatehouse.gateway.proxy.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.limit.Quota;
import io.gatehouse.common.message.RateLimits.Take;
import io.gatehouse.common.message.RateLimits.Taken;
import io.gatehouse.gateway.oauth.TestNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private static final Rate THREE = Rate.parse("3/PT3M");

    private final TestNode node = new TestNode();
    private final LocalLimits local = new LocalLimits(node.clock);
    private final RequestLimits limits = new RequestLimits(node.bus, local, node.clock);

    @AfterEach
    void close() {
        node.close();
    }

    private Quota take(boolean together) {
        return TestNode.await(limits.take("shop", "route a", "user x", THREE, together));
    }

    @Test
    void whatIsCountedHereAsksNobody() {
        IntStream.range(0, 3).forEach(i -> assertThat(take(false).admitted()).isTrue());
        assertThat(take(false).admitted()).isFalse();
        assertThat(node.asked(Take.class)).isEmpty();
    }

    @Test
    void whatIsCountedTogetherIsTheStoresWord() {
        node.on(Take.class, take -> new Taken(true, 2, Duration.ofMinutes(1), Duration.ZERO));
        assertThat(take(true)).isEqualTo(new Quota(true, 2, Duration.ofMinutes(1), Duration.ZERO));
        node.on(Take.class, take -> new Taken(false, 0, Duration.ofMinutes(3), Duration.ofSeconds(7)));
        assertThat(take(true)).isEqualTo(new Quota(false, 0, Duration.ofMinutes(3), Duration.ofSeconds(7)));
        Take asked = node.asked(Take.class).getFirst();
        assertThat(asked).isEqualTo(new Take("shop", Digest.of("route a\nuser x"), 3, Duration.ofMinutes(3)));
        assertThat(local.size()).isZero();
    }

    @Test
    void withoutTheStoreThisProcessCounts() {
        node.failing(Take.class, new OAuthError.Unavailable("store"));
        IntStream.range(0, 3).forEach(i -> assertThat(take(true).admitted()).isTrue());
        assertThat(take(true).admitted()).isFalse();
        assertThat(node.asked(Take.class)).as("one in a second waits for it").hasSize(1);

        node.clock.pass(Duration.ofSeconds(1));
        assertThat(take(true).admitted()).isFalse();
        assertThat(node.asked(Take.class)).hasSize(2);

        node.on(Take.class, take -> new Taken(true, 2, Duration.ofMinutes(1), Duration.ZERO));
        node.clock.pass(Duration.ofSeconds(1));
        assertThat(take(true).admitted()).isTrue();
        assertThat(take(true).admitted()).as("asked again").isTrue();
        assertThat(node.asked(Take.class)).hasSize(4);
    }

    /** All that ask before anybody knows that it is gone. */
    @Test
    void aStoreThatFailsManyAtOnceLetsNoMorePass() {
        node.failing(Take.class, new OAuthError.Unavailable("store"));
        List<Future<Quota>> asked = IntStream.range(0, 50)
                .mapToObj(i -> limits.take("shop", "route a", "user x", THREE, true))
                .toList();
        assertThat(asked.stream().map(TestNode::await).filter(Quota::admitted)).hasSize(3);
    }
}
