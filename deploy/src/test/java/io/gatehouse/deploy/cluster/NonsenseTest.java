package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.Role;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.ClusterSerializable;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.ext.cluster.infinispan.impl.DataConverter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.multimap.api.embedded.EmbeddedMultimapCacheManagerFactory;
import org.infinispan.multimap.api.embedded.MultimapCacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store, and an application that writes into the cluster's memory what none of the others would: each member may, of whom it likes. */
@Timeout(240)
class NonsenseTest {
    private static final AtomicInteger MADE = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static Member store;
    private static Member application;

    /** Of a class that does something where it is made. */
    public static final class Bait implements ClusterSerializable {
        public Bait() {
            MADE.incrementAndGet();
        }

        @Override
        public void writeToBuffer(Buffer buffer) {}

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            return position;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        List<Integer> ports = List.of(Member.freePort(), Member.freePort());
        store = Member.join(
                Member.config(ports.get(0), 0, ports, Member.certificate(folder, "store", Role.STORE)), Role.STORE);
        application = Member.join(Member.config(ports.get(1), 0, ports, Member.certificate(folder, "orders")));
    }

    @AfterAll
    static void stop() {
        application.close();
        store.close();
    }

    private static void serve(String address) {
        store.vertx
                .eventBus()
                .consumer(address, message -> message.reply("here"))
                .completion()
                .await();
    }

    private static void write(String address, byte[] registration) throws Exception {
        MultimapCacheManager<String, byte[]> lists = served(application.membership.caches());
        lists.get("__vertx.subs").put(address, registration).get(60, TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked")
    private static MultimapCacheManager<String, byte[]> served(EmbeddedCacheManager caches) {
        return EmbeddedMultimapCacheManagerFactory.from(caches);
    }

    private static ClusterManager memory() {
        return ((VertxInternal) store.vertx).clusterManager();
    }

    private static List<String> serving(String address) throws Exception {
        Promise<List<RegistrationInfo>> told = Promise.promise();
        memory().getRegistrations(address, told);
        return told.future().await(60, TimeUnit.SECONDS).stream()
                .map(RegistrationInfo::nodeId)
                .toList();
    }

    private static Object asked() {
        return store.vertx.eventBus().request("served", "").await().body();
    }

    @Test
    void hidesNobodyWhoServes() throws Exception {
        serve("served");
        assertThat(asked()).isEqualTo("here");

        write("served", new byte[] {1, 2});
        write("served", new byte[0]);

        assertThat(serving("served")).containsExactly(memory().getNodeId());
        // It is told of the changes at some time, and by a part that can not read them.
        for (int i = 0; i < 20; i++) {
            assertThat(asked()).isEqualTo("here");
            Thread.sleep(20);
        }
    }

    @Test
    void namesNoClassOfWhichAnObjectIsMade() throws Exception {
        serve("baited");
        byte[] bait = DataConverter.toCachedObject(new Bait());
        int before = MADE.get();
        write("baited", bait);
        application.membership.caches().getCache("__vertx.nodeInfo").put("baited", bait);
        Promise<NodeInfo> told = Promise.promise();

        memory().getNodeInfo("baited", told);

        assertThat(serving("baited")).containsExactly(memory().getNodeId());
        assertThatThrownBy(() -> told.future().await(60, TimeUnit.SECONDS)).hasStackTraceContaining("something else");
        assertThat(MADE).hasValue(before);
    }
}
