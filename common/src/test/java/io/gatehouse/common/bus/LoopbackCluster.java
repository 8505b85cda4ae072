package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Identity;
import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.bus.seal.Peer;
import io.gatehouse.common.bus.seal.SignedHello;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Several clustered Vert.x instances in one process: the messages cross real sockets, only who serves what is remembered
 * in shared maps in place of a data grid.
 */
final class LoopbackCluster {
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final Map<String, List<RegistrationInfo>> registrations = new ConcurrentHashMap<>();
    private final Map<String, Shown> hellos = new ConcurrentHashMap<>();

    private record Shown(SignedHello hello, Set<Part> parts, Instant notAfter) {}

    Vertx start(String nodeId) {
        VertxBuilder builder = Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
                .withClusterManager(new Member(nodeId));
        return Loop.await(builder.buildClustered());
    }

    /** What a started node shows the others: with these parts, as if its certificate named them. */
    BusNode join(Vertx vertx, String nodeId, Part... parts) {
        return join(vertx, nodeId, Clock.systemUTC(), Instant.MAX, parts);
    }

    /** @param notAfter when its certificate ends */
    BusNode join(Vertx vertx, String nodeId, Clock clock, Instant notAfter, Part... parts) {
        return new BusNode(link(vertx, nodeId, clock, notAfter, parts));
    }

    Link link(Vertx vertx, String nodeId, Clock clock, Instant notAfter, Part... parts) {
        Identity identity = identity(nodeId);
        hellos.put(nodeId, new Shown(identity.hello(), Set.of(parts), notAfter));
        return new Link(vertx, identity, new Others(nodeId), clock);
    }

    static Identity identity(String nodeId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return Identity.make(nodeId, List.of(), generator.generateKeyPair().getPrivate(), Instant.now());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** In place of the checks of certificates. */
    private final class Others implements Company {
        private final String own;

        Others(String own) {
            this.own = own;
        }

        @Override
        public Future<List<String>> serving(String address) {
            return Future.succeededFuture(LoopbackCluster.this.serving(address).stream()
                    .map(RegistrationInfo::nodeId)
                    .filter(node -> !node.equals(own))
                    .distinct()
                    .toList());
        }

        @Override
        public Future<Peer> peer(String node) {
            Shown shown = hellos.get(node);
            try {
                return shown == null
                        ? Future.failedFuture("no hello")
                        : Future.succeededFuture(Peer.of(shown.hello, shown.parts, shown.notAfter));
            } catch (GeneralSecurityException e) {
                return Future.failedFuture(e);
            }
        }

        @Override
        public boolean has(String node) {
            return members.containsKey(node);
        }
    }

    private void changed(String address) {
        RegistrationUpdateEvent event = new RegistrationUpdateEvent(address, serving(address));
        members.values().forEach(member -> member.listener.registrationsUpdated(event));
    }

    private List<RegistrationInfo> serving(String address) {
        return List.copyOf(registrations.getOrDefault(address, List.of()));
    }

    private final class Member implements ClusterManager {
        private final String nodeId;
        private RegistrationListener listener;
        private NodeInfo info;

        Member(String nodeId) {
            this.nodeId = nodeId;
        }

        @Override
        public void init(Vertx vertx) {}

        @Override
        public void join(Completable<Void> joined) {
            members.put(nodeId, this);
            joined.succeed();
        }

        @Override
        public void leave(Completable<Void> left) {
            members.remove(nodeId);
            left.succeed();
        }

        @Override
        public boolean isActive() {
            return members.containsKey(nodeId);
        }

        @Override
        public String getNodeId() {
            return nodeId;
        }

        @Override
        public List<String> getNodes() {
            return List.copyOf(members.keySet());
        }

        @Override
        public void nodeListener(NodeListener ignored) {}

        @Override
        public void setNodeInfo(NodeInfo own, Completable<Void> done) {
            info = own;
            done.succeed();
        }

        @Override
        public NodeInfo getNodeInfo() {
            return info;
        }

        @Override
        public void getNodeInfo(String other, Completable<NodeInfo> found) {
            found.succeed(members.get(other).info);
        }

        @Override
        public void registrationListener(RegistrationListener own) {
            listener = own;
        }

        @Override
        public void addRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
            if (!registration.localOnly()) {
                registrations
                        .computeIfAbsent(address, key -> new CopyOnWriteArrayList<>())
                        .add(registration);
                changed(address);
            }
            done.succeed();
        }

        @Override
        public void removeRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
            List<RegistrationInfo> known = registrations.get(address);
            if (known != null && known.remove(registration)) {
                changed(address);
            }
            done.succeed();
        }

        @Override
        public void getRegistrations(String address, Completable<List<RegistrationInfo>> found) {
            found.succeed(serving(address));
        }

        @Override
        public <K, V> void getAsyncMap(String name, Completable<AsyncMap<K, V>> found) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <K, V> Map<K, V> getSyncMap(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void getLockWithTimeout(String name, long timeout, Completable<Lock> locked) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void getCounter(String name, Completable<Counter> found) {
            throw new UnsupportedOperationException();
        }
    }
}
