package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.RedisUri;
import io.gatehouse.store.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvictionTest {
    @ParameterizedTest
    @CsvSource({
        "10mb, allkeys-lru, true",
        "10mb, volatile-ttl, true",
        "10mb, noeviction, false",
        "0, allkeys-lru, false",
    })
    void isReadFromTheServer(String most, String policy, boolean threatens) {
        Vertx vertx = Vertx.vertx();
        try (RedisServer redis = RedisServer.start("--maxmemory", most, "--maxmemory-policy", policy)) {
            Connector connector = new Connector(vertx, RedisUri.parse(redis.uri()), 16, Link.CONNECT);
            Link link = new Link(vertx, connector, 16, wire -> Future.succeededFuture());
            Await.result(link.open());
            assertThat(Await.result(Eviction.threatens(link::send))).isEqualTo(threatens);
        } finally {
            Await.result(vertx.close());
        }
    }
}
