package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.bus.seal.Peer;
import io.gatehouse.common.bus.seal.SignedHello;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that is listed for ever, and never there when it is asked. */
@Timeout(60)
class RemoteQuestionTest {
    private static final int MOST_GONE = 8;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger questions = new AtomicInteger();
    private final SignedHello hello = LoopbackCluster.identity("store-1").hello();
    private Link link;

    private final class Listed implements Company {
        @Override
        public Future<List<String>> serving(String address) {
            return Future.succeededFuture(address.endsWith(".store-1") ? List.of() : List.of("store-1"));
        }

        @Override
        public Future<Peer> peer(String node) {
            try {
                return Future.succeededFuture(Peer.of(hello, Set.of(Part.STORE), Instant.MAX));
            } catch (GeneralSecurityException e) {
                return Future.failedFuture(e);
            }
        }

        @Override
        public boolean has(String node) {
            return true;
        }
    }

    @BeforeEach
    void start() {
        Bus.register(vertx);
        vertx.eventBus().addOutboundInterceptor(sent -> {
            questions.incrementAndGet();
            sent.next();
        });
        link = new Link(vertx, LoopbackCluster.identity("gateway-1"), new Listed(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        Loop.await(vertx.close());
    }

    private int asked(Request<?> request) {
        OAuthFailure failed = (OAuthFailure) failure(link.ask(request));
        assertThat(failed.error()).isInstanceOf(OAuthError.Unavailable.class);
        return questions.get();
    }

    @Test
    void whatMayBeRepeatedIsGivenUpTheSecondTimeTheFirstNodeIsGone() {
        assertThat(asked(new StoreHealth.Check())).isEqualTo(MOST_GONE + 2);
    }

    @Test
    void whatMayNotIsGivenUpAtOnce() {
        assertThat(asked(new Revocations.DenyKey("main", "kid"))).isEqualTo(MOST_GONE + 1);
    }
}
