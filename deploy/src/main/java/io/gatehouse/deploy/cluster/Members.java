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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.MergeEvent;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who serves which address. What this member serves it says again where that got lost, and takes back before it stops serving. Whoever
 * is cut off or hangs for a while is forgotten by the others, and they by it, and hears of no change any more: once they have met
 * again all say everything anew, and each looks by itself.
 */
final class Members extends InfinispanClusterManager {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final Duration UPKEEP = Duration.ofSeconds(2);
    private static final Duration OTHERS = Duration.ofSeconds(1);

    private static final int ROUNDS_TO_SETTLE = 6;

    private final DefaultCacheManager caches;
    private final OwnCopy copy;
    private final Group group = new Group();
    private final Missing missing = new Missing(this::getNodes, this::reachable);
    private final OwnRegistrations served = new OwnRegistrations(group, this::getNodeId);
    /** One round at a time: where the group is slow to answer, more of them would keep each other from their locks. */
    private final AtomicBoolean mending = new AtomicBoolean();
    /** Rounds until the group has settled after somebody came or went: until then what one member reads, others may miss. */
    private final AtomicInteger unsettled = new AtomicInteger();
    /** Rounds left since members met that had lost each other; in every second one all is said anew: it goes to everybody. */
    private final AtomicInteger apart = new AtomicInteger();

    private volatile Runnable upkeep = () -> {};
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
        @Merged
        public void met(MergeEvent event) {
            apart.set(ROUNDS_TO_SETTLE);
            changed(event);
        }

        @ViewChanged
        public void changed(ViewChangedEvent event) {
            LOG.info("the cluster has other members now members={}", event.getNewMembers());
            unsettled.set(ROUNDS_TO_SETTLE);
            missing.changed(
                    event.getNewMembers().stream().map(Address::toString).toList());
            reachable();
            upkeep.run();
        }
    }

    private final class Group implements OwnRegistrations.Shared {
        @Override
        public Future<Void> add(String address, RegistrationInfo registration) {
            return asked(done -> Members.super.addRegistration(address, registration, done));
        }

        @Override
        public Future<Void> remove(String address, RegistrationInfo registration) {
            return asked(done -> Members.super.removeRegistration(address, registration, done));
        }

        @Override
        public Future<List<RegistrationInfo>> known(String address) {
            return Members.this.known(address);
        }
    }

    @Override
    public synchronized void registrationListener(RegistrationListener bus) {
        LiveRegistrations filtered = new LiveRegistrations(bus, missing::within, missing::isRemembered);
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

    private void reachable() {
        LiveRegistrations told = live;
        if (told != null) {
            told.membersChanged();
        }
    }

    @Override
    public void addRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
        if (registration.localOnly()) {
            copy.addLocal(address, registration);
            super.addRegistration(address, registration, done);
        } else {
            var unused = served.add(address, registration).onComplete(done);
        }
    }

    @Override
    public void removeRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
        if (registration.localOnly()) {
            copy.removeLocal(address, registration);
            super.removeRegistration(address, registration, done);
        } else {
            var unused = served.remove(address, registration).onComplete(done);
        }
    }

    /**
     * Takes back what makes others choose this member. Where they have chosen it already they still reach it, and it hears events: what is
     * revoked now must be known until the end.
     */
    Future<Void> withdraw() {
        String own = "." + getNodeId();
        return served.withdraw(address -> !address.equals(Event.ADDRESS) && !address.endsWith(own));
    }

    @Override
    public void leave(Completable<Void> left) {
        missing.rest();
        super.leave(left);
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

    /** @param door see {@link Missing} */
    void keepUp(Vertx vertx, Function<NodeInfo, Future<Void>> door) {
        missing.seek(vertx, door);
        upkeep = () -> vertx.runOnContext(now -> {
            if (isActive() && !mending.getAndSet(true)) {
                var unused = vertx.executeBlocking(this::mend, false)
                        .compose(Function.identity())
                        .onComplete(done -> mending.set(false));
            }
        });
        vertx.setPeriodic(UPKEEP.toMillis(), tick -> upkeep.run());
    }

    private Future<Void> mend() {
        boolean settled = left(unsettled) == 0;
        int since = left(apart);
        boolean anew = since > 0 && since % 2 == 0;
        List<Future<?>> work = new ArrayList<>();
        work.add(served.sayAgain().eventually(() -> anew ? served.sayAnew() : Future.succeededFuture()));
        work.add(introduceAgain(settled));
        work.add(learnPlaces());
        LiveRegistrations told = live;
        if (told != null) {
            work.add(told.lookAgain(this::known));
        }
        if (!settled && caches.isCoordinator()) {
            work.add(forgetTheDead());
        }
        return Future.join(work).mapEmpty();
    }

    private static int left(AtomicInteger rounds) {
        return rounds.getAndUpdate(left -> Math.max(0, left - 1));
    }

    private Future<Void> learnPlaces() {
        return all(getNodes().stream()
                .filter(node -> !node.equals(getNodeId()))
                .map(node -> Future.fromCompletionStage(copy.node(node)).onSuccess(place -> {
                    if (place != null) {
                        missing.learn(node, place);
                    }
                })));
    }

    /** The superclass does it once, when somebody goes, and not always with success. */
    private Future<Void> forgetTheDead() {
        List<String> alive = getNodes();
        return all(copy.addresses().stream()
                .map(address -> known(address)
                        .compose(found -> all(found.stream()
                                .filter(one -> !alive.contains(one.nodeId()))
                                .map(one -> group.remove(address, one))))));
    }

    private static Future<Void> all(Stream<? extends Future<?>> work) {
        return Future.join(work.toList()).mapEmpty();
    }

    /** All that stand in the cluster's memory, those of the dead too. */
    private Future<List<RegistrationInfo>> known(String address) {
        return Future.fromCompletionStage(copy.registrations(address))
                .compose(found -> found.isEmpty() && !remembersOne(address)
                        ? others(done -> super.getRegistrations(address, done))
                        : Future.succeededFuture(found));
    }

    private boolean remembersOne(String address) {
        LiveRegistrations told = live;
        return told != null && told.remembersOne(address);
    }

    @Override
    public void getNodeInfo(String nodeId, Completable<NodeInfo> done) {
        var unused = Future.fromCompletionStage(copy.node(nodeId))
                // The group forgets where somebody is that it lost.
                .map(found -> found == null ? missing.place(nodeId) : found)
                .compose(found -> found == null
                        ? Members.<NodeInfo>others(told -> super.getNodeInfo(nodeId, told))
                        : Future.succeededFuture(found))
                .onComplete(done);
    }

    private static <T> Future<T> asked(Consumer<Promise<T>> question) {
        Promise<T> told = Promise.promise();
        question.accept(told);
        return told.future();
    }

    private static <T> Future<T> others(Consumer<Promise<T>> question) {
        return asked(question).timeout(OTHERS.toMillis(), TimeUnit.MILLISECONDS);
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
                        : Members.<Void>others(told -> super.setNodeInfo(info, told)));
    }
}
