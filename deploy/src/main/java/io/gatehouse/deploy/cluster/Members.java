package io.gatehouse.deploy.cluster;

import io.gatehouse.common.message.Event;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who serves which address. What this member serves it says again where that got lost (whoever is cut off for a while is
 * forgotten by the others, and they by it), and takes back before it stops serving.
 */
final class Members extends InfinispanClusterManager {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final Duration UPKEEP = Duration.ofSeconds(2);
    private static final Duration OTHERS = Duration.ofSeconds(1);

    private static final int TRIES = 3;
    private static final int ROUNDS_TO_SETTLE = 6;

    private record Served(String address, RegistrationInfo registration) {}

    private final DefaultCacheManager caches;
    private final OwnCopy copy;
    /** With whether it was said already: what is being said is not to be said again meanwhile. */
    private final Map<Served, Boolean> served = new ConcurrentHashMap<>();
    /** One round at a time: where the group is slow to answer, more of them would keep each other from their locks. */
    private final AtomicBoolean mending = new AtomicBoolean();
    /** Rounds until the group has settled after somebody came or went: until then what one member reads, others may miss. */
    private final AtomicInteger unsettled = new AtomicInteger();

    private volatile @Nullable NodeInfo own;
    private volatile @Nullable LiveRegistrations live;

    Members(DefaultCacheManager caches) {
        super(caches);
        this.caches = caches;
        this.copy = new OwnCopy(caches);
        caches.addListener(new Changes());
    }

    /** For Infinispan. */
    @Listener(sync = false)
    public final class Changes {
        @ViewChanged
        @Merged
        public void changed(ViewChangedEvent event) {
            LOG.info("the cluster has other members now members={}", event.getNewMembers());
            unsettled.set(ROUNDS_TO_SETTLE);
            LiveRegistrations told = live;
            if (told != null) {
                told.membersChanged();
            }
        }
    }

    @Override
    public synchronized void registrationListener(RegistrationListener bus) {
        LiveRegistrations filtered = new LiveRegistrations(bus, this::getNodes);
        live = filtered;
        super.registrationListener(filtered);
    }

    @Override
    public void getRegistrations(String address, Completable<List<RegistrationInfo>> done) {
        LiveRegistrations filter = live;
        var unused = known(address)
                .map(found -> filter == null ? found : filter.look(address, found))
                .onComplete(done);
    }

    /** As the superclass would, by a method that this Infinispan still has. */
    @Override
    public List<String> getNodes() {
        return caches.getMembers().stream().map(Address::toString).toList();
    }

    @Override
    public void addRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
        if (registration.localOnly()) {
            copy.addLocal(address, registration);
            super.addRegistration(address, registration, done);
        } else {
            Served one = new Served(address, registration);
            served.put(one, false);
            say(one, TRIES, done);
        }
    }

    /** A member that hangs, or comes at this moment, may make the others miss it. */
    private void say(Served one, int tries, Completable<Void> done) {
        super.addRegistration(one.address, one.registration, (nothing, failure) -> {
            if (failure != null && tries > 1 && isActive() && served.containsKey(one)) {
                say(one, tries - 1, done);
            } else {
                served.replace(one, true);
                done.complete(null, failure);
            }
        });
    }

    @Override
    public void removeRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
        if (registration.localOnly()) {
            copy.removeLocal(address, registration);
        }
        if (registration.localOnly() || served.remove(new Served(address, registration)) != null) {
            super.removeRegistration(address, registration, done);
        } else {
            done.succeed();
        }
    }

    /** Takes back everything but the ear for events: what is revoked now must be known until the end. */
    Future<Void> withdraw() {
        return forEach(
                served.keySet().stream().filter(one -> !one.address.equals(Event.ADDRESS)),
                (one, done) -> removeRegistration(one.address, one.registration, done));
    }

    /** As the superclass would, but for its lock, which it holds while it waits for the group. */
    @Override
    public void setNodeInfo(NodeInfo info, Completable<Void> done) {
        own = info;
        super.setNodeInfo(info, done);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public @Nullable NodeInfo getNodeInfo() {
        return own;
    }

    void keepUp(Vertx vertx) {
        vertx.setPeriodic(UPKEEP.toMillis(), tick -> {
            if (isActive() && !mending.getAndSet(true)) {
                var unused = vertx.executeBlocking(this::mend, false)
                        .compose(Future::join)
                        .onComplete(done -> mending.set(false));
            }
        });
    }

    private List<Future<?>> mend() {
        List<Future<?>> work = new ArrayList<>(sayAgain());
        boolean settled = unsettled.getAndUpdate(rounds -> Math.max(0, rounds - 1)) == 0;
        work.add(introduceAgain(settled));
        if (!settled && caches.isCoordinator()) {
            work.add(forgetTheDead());
        }
        return work;
    }

    private List<Future<Void>> sayAgain() {
        return served.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.groupingBy(Served::address))
                .entrySet()
                .stream()
                .map(each -> known(each.getKey())
                        .compose(all -> forEach(
                                each.getValue().stream()
                                        .filter(one -> !all.contains(one.registration) && served.containsKey(one)),
                                (one, done) -> super.addRegistration(one.address, one.registration, done))))
                .toList();
    }

    /** The superclass does it once, when somebody goes, and not always with success. */
    private Future<Void> forgetTheDead() {
        List<String> alive = getNodes();
        return Future.join(copy.addresses().stream()
                        .map(address -> known(address)
                                .compose(all -> forEach(
                                        all.stream().filter(one -> !alive.contains(one.nodeId())),
                                        (one, done) -> super.removeRegistration(address, one, done))))
                        .toList())
                .mapEmpty();
    }

    private static <T> Future<Void> forEach(Stream<T> all, BiConsumer<T, Promise<Void>> work) {
        return Future.join(all.map(one -> {
                            Promise<Void> done = Promise.promise();
                            work.accept(one, done);
                            return done.future();
                        })
                        .toList())
                .mapEmpty();
    }

    /** All that stand in the cluster's memory, those of the dead too. */
    private Future<List<RegistrationInfo>> known(String address) {
        return Future.fromCompletionStage(copy.registrations(address))
                .compose(found -> found.isEmpty()
                        ? others(done -> super.getRegistrations(address, done))
                        : Future.succeededFuture(found));
    }

    @Override
    public void getNodeInfo(String nodeId, Completable<NodeInfo> done) {
        var unused = Future.fromCompletionStage(copy.node(nodeId))
                .compose(found -> found == null
                        ? this.<NodeInfo>others(told -> super.getNodeInfo(nodeId, told))
                        : Future.succeededFuture(found))
                .onComplete(done);
    }

    private <T> Future<T> others(Consumer<Promise<T>> question) {
        Promise<T> told = Promise.promise();
        question.accept(told);
        return told.future().timeout(OTHERS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param settled what this member reads of itself, the others read too */
    private Future<Void> introduceAgain(boolean settled) {
        NodeInfo info = own;
        if (info == null) {
            return Future.succeededFuture();
        }
        return Future.fromCompletionStage(copy.node(getNodeId()))
                .compose(known -> settled && known != null
                        ? Future.succeededFuture()
                        : this.<Void>others(told -> super.setNodeInfo(info, told)));
    }
}
