package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.Role;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.ext.cluster.infinispan.impl.DataConverter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.commons.api.CacheContainerAdmin.AdminFlag;
import org.infinispan.commons.marshall.StreamingMarshaller;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.context.Flag;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.factories.KnownComponentNames;
import org.infinispan.globalstate.ConfigurationStorage;
import org.infinispan.manager.ClusterExecutor;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Transport;
import org.infinispan.remoting.transport.jgroups.JGroupsAddress;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.infinispan.util.function.SerializableBiFunction;
import org.infinispan.util.function.SerializableRunnable;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store, and an application whose certificate makes it a member and whose Infinispan has none of our restraints: what it can have others
 * do. All is one process here, so that its functions are known to the store's Infinispan, as those of libraries would be.
 */
@Timeout(240)
class RogueTest {
    private static final String SUBSCRIPTIONS = "__vertx.subs";
    private static final String NODES = "__vertx.nodeInfo";
    private static final Set<String> RAN = ConcurrentHashMap.newKeySet();

    @TempDir
    private static Path folder;

    private static Member store;
    private static DefaultCacheManager rogue;

    /** Does something where it is read. */
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;

        private final String name;

        Gadget(String name) {
            this.name = name;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RAN.add(name);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        List<Integer> ports = List.of(Member.freePort(), Member.freePort());
        ClusterConfig victim = Member.config(ports.get(0), 0, ports, Member.certificate(folder, "store", Role.STORE));
        store = Member.join(victim, Role.STORE);
        ClusterConfig config = Member.config(ports.get(1), 0, ports, Member.certificate(folder, "orders"));
        Vertx reader = Vertx.vertx();
        MemberTls tls = MemberTls.read(reader, config.tls(), List.of());
        reader.close().await();
        ConfigurationBuilderHolder holder = GroupConfiguration.of(config, tls, "orders-0123456789ab");
        holder.getGlobalConfigurationBuilder()
                .classLoader(RogueTest.class.getClassLoader())
                .globalState()
                .configurationStorage(ConfigurationStorage.VOLATILE)
                .disable();
        rogue = new DefaultCacheManager(holder, true);
        assertThat(rogue.getMembers()).hasSize(2);
    }

    @AfterAll
    static void stop() {
        rogue.stop();
        store.close();
    }

    private static ClusterExecutor toStore() {
        return rogue.executor().filterTargets(address -> !address.equals(rogue.getAddress()));
    }

    /** What the store itself holds. */
    private static Cache<String, byte[]> ofStore(String cache) {
        return store.membership
                .caches()
                .<String, byte[]>getCache(cache)
                .getAdvancedCache()
                .withFlags(Flag.CACHE_MODE_LOCAL);
    }

    private static Object run(EmbeddedCacheManager caches) {
        RAN.add(String.valueOf(caches.getAddress()));
        return "ran";
    }

    @Test
    void nothingIsRunForIt() {
        Future<Void> function = toStore().submitConsumer(RogueTest::run, (address, value, failure) -> {
            if (failure != null) {
                throw new CompletionException(failure);
            }
        });
        Future<Void> task = toStore().submit((SerializableRunnable) () -> RAN.add("a task"));

        for (Future<Void> refused : List.of(function, task)) {
            assertThatThrownBy(() -> refused.get(60, TimeUnit.SECONDS)).hasStackTraceContaining("from each other");
        }
        assertThat(RAN)
                .doesNotContain(
                        "a task", String.valueOf(store.membership.caches().getAddress()));
    }

    @Test
    void noFunctionIsAppliedForIt() {
        Cache<String, byte[]> nodes = rogue.getCache(NODES);

        assertThatThrownBy(() -> nodes.compute(
                        "one", (SerializableBiFunction<String, byte[], byte[]>) (key, value) -> new byte[1]))
                .hasStackTraceContaining("from each other");
        assertThat(ofStore(NODES)).doesNotContainKey("one");
    }

    @Test
    void itOrdersNothingElse() {
        rogue.getCache(NODES).put("kept", new byte[1]);
        Throwable unused = catchThrowable(() -> rogue.getCache(NODES).clear());

        assertThat(ofStore(NODES)).containsKey("kept");
    }

    /** Such a cache would keep files where the rogue says. */
    @Test
    void itMakesNoCacheForOthersAndTakesNoneAway() {
        Configuration files = new ConfigurationBuilder()
                .clustering()
                .cacheMode(CacheMode.REPL_SYNC)
                .persistence()
                .addSoftIndexFileStore()
                .dataLocation(folder.resolve("data").toString())
                .indexLocation(folder.resolve("index").toString())
                .build();

        assertThatThrownBy(() ->
                        rogue.administration().withFlags(AdminFlag.VOLATILE).createCache("files", files))
                .hasStackTraceContaining("from each other");
        Throwable unused = catchThrowable(() -> rogue.administration().removeCache(SUBSCRIPTIONS));

        assertThat(store.membership.caches().getCacheNames())
                .contains(SUBSCRIPTIONS)
                .doesNotContain("files");
        assertThat(store.membership.caches().isRunning(SUBSCRIPTIONS)).isTrue();
    }

    /** As the cluster manager of Vert.x takes them from the cluster's memory. */
    @Test
    void aSerialisedObjectInTheMemoryIsNotRead() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Gadget("from the memory"));
        }
        rogue.getCache(NODES).put("bait", bytes.toByteArray());
        Promise<NodeInfo> told = Promise.promise();

        ((VertxInternal) store.vertx).clusterManager().getNodeInfo("bait", told);

        assertThatThrownBy(() -> told.future().await(60, TimeUnit.SECONDS)).hasStackTraceContaining("something else");
        assertThatThrownBy(() -> DataConverter.fromCachedObject(bytes.toByteArray()))
                .hasStackTraceContaining("REJECTED");
        assertThat(RAN).doesNotContain("from the memory");
    }

    /** JGroups reads it before anybody asked. */
    @Test
    void aSerialisedObjectInAMessageIsNotRead() throws Exception {
        JGroupsAddress there = (JGroupsAddress) store.membership.caches().getAddress();

        ((JGroupsTransport) GlobalComponentRegistry.of(rogue).getComponent(Transport.class))
                .getChannel()
                .send(new ObjectMessage(there.getJGroupsAddress(), new Gadget("from a message"))
                        .setFlag(Message.Flag.NO_RELIABILITY, Message.Flag.OOB));

        rogue.getCache(NODES).put("after", new byte[1]);
        assertThat(RAN).doesNotContain("from a message");
    }

    /** The class of an error is named by whoever sends it: this one would empty the file. */
    @Test
    @SuppressWarnings("removal")
    void noClassIsMadeOfTheNameOfAnError() throws Exception {
        Path file = Files.writeString(folder.resolve("kept"), "content");
        StreamingMarshaller marshaller = GlobalComponentRegistry.of(store.membership.caches())
                .getComponent(StreamingMarshaller.class, KnownComponentNames.INTERNAL_MARSHALLER);

        Object read = marshaller.objectFromByteBuffer(error("java.io.FileOutputStream", file.toString()));

        assertThat(read).isInstanceOf(Throwable.class).asString().contains("java.io.FileOutputStream");
        assertThat(file).hasContent("content");
    }

    /** As Infinispan writes them: a type of its own, no number, the class, a message, no cause, and no others. */
    private static byte[] error(String name, String message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(2);
        out.writeByte(146);
        out.writeShort(-1);
        text(out, name);
        out.writeBoolean(false);
        text(out, message);
        out.writeByte(0);
        out.writeByte(0x80);
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeBytes(text);
    }
}
