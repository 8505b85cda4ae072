package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What comes about by itself. */
final class Eventually {
    private Eventually() {}

    static void isTrue(Callable<Boolean> fact) throws Exception {
        long start = System.nanoTime();
        while (!fact.call()) {
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
            Thread.sleep(100);
        }
    }
}
