package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;

/** What comes about by itself, and how long a test waits for it. */
final class Eventually {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private Eventually() {}

    static void isTrue(String what, Callable<Boolean> fact) throws Exception {
        isTrue(what, PATIENCE_NANOS, fact);
    }

    /** For what members of a cluster must find out of each other, on a machine that has much else to do. */
    static void isTrueAtLast(String what, Callable<Boolean> fact) throws Exception {
        isTrue(what, 4 * PATIENCE_NANOS, fact);
    }

    private static void isTrue(String what, long patience, Callable<Boolean> fact) throws Exception {
        long start = System.nanoTime();
        while (!fact.call()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(patience);
            Thread.sleep(20);
        }
    }

    /** Requests must not wait for it. */
    static void isUnavailable(Patience.Call call) throws Exception {
        isTrue("503", () -> {
            HttpResponse<String> response = call.send();
            assertThat(response.statusCode()).as(response.body()).isIn(200, 429, 503);
            if (response.statusCode() == 503) {
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
            return response.statusCode() == 503;
        });
    }

    static void isGranted(Patience.Call call) throws Exception {
        isTrue("200", () -> {
            HttpResponse<String> response = call.send();
            assertThat(response.statusCode()).as(response.body()).isIn(200, 429, 503);
            return response.statusCode() == 200;
        });
    }

    static void isReady(RunningNode node) throws Exception {
        isTrue("ready", () -> node.ready().statusCode() == 200);
    }

    /** Once the members of a cluster have found each other. */
    static void isReadyAtLast(RunningNode node) throws Exception {
        isTrueAtLast("ready", () -> node.ready().statusCode() == 200);
    }

    /** It says so, and names the store. */
    static JsonObject storeIsGone(RunningNode node) throws Exception {
        isTrue("not ready", () -> node.ready().statusCode() == 503);
        HttpResponse<String> told = node.ready();
        JsonObject store = new JsonObject(told.body()).getJsonObject("parts").getJsonObject("store");
        assertThat(store.getBoolean("ready")).as(told.body()).isFalse();
        return store;
    }
}
