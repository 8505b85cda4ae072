package io.gatehouse.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchLanesTest {
    private final FetchLanes lanes = new FetchLanes();
    private final List<Promise<String>> underWay = new ArrayList<>();

    private Future<String> run(String host) {
        return lanes.run(URI.create("https://" + host + "/x"), () -> {
            Promise<String> promise = Promise.promise();
            underWay.add(promise);
            return promise.future();
        });
    }

    private static void assertThrottled(Future<String> future) {
        assertThat(future.cause()).isInstanceOf(OAuthFailure.class);
        assertThat(((OAuthFailure) future.cause()).error()).isInstanceOf(OAuthError.Throttled.class);
    }

    @Test
    void oneHostLeavesRoomForOthers() {
        for (int i = 0; i < FetchLanes.MOST_OF_HOST; i++) {
            assertThat(run("slow.example").failed()).isFalse();
        }
        assertThrottled(run("slow.example"));
        assertThat(run("other.example").failed()).isFalse();
        assertThat(underWay).hasSize(FetchLanes.MOST_OF_HOST + 1);
    }

    @Test
    void whatEndedMakesRoom_however() {
        for (int i = 0; i < FetchLanes.MOST_OF_HOST; i++) {
            run("slow.example");
        }
        underWay.get(0).complete("done");
        underWay.get(1).fail("broken");

        assertThat(run("slow.example").failed()).isFalse();
        assertThat(run("slow.example").failed()).isFalse();
        assertThrottled(run("slow.example"));
    }

    @Test
    void allTogetherAreBoundedToo() {
        for (int i = 0; i < FetchLanes.MOST; i++) {
            assertThat(run("host-" + i + ".example").failed()).isFalse();
        }
        assertThrottled(run("one-more.example"));
        assertThat(underWay).hasSize(FetchLanes.MOST);
    }
}
