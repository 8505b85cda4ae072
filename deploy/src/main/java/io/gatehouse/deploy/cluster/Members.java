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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;

/**
 * Who serves which address. What this member serves it says again where that got lost (whoever is cut off for a while is
 * forgotten by the others, and they by it), and takes back before it stops serving.
 */
final class Members extends InfinispanClusterManager {
    private static final Duration UPKEEP = Duration.ofSeconds(2);

    private record Served(String address, RegistrationInfo registration) {}

    private final DefaultCacheManager caches;
    private final Set<Served> served = ConcurrentHashMap.newKeySet();
    private volatile @Nullable LiveRegistrations live;

    Members(DefaultCacheManager caches) {
        super(caches);
        this.caches = caches;
        caches.addListener(new Changes());
    }

    /** For Infinispan. */
    @Listener(sync = false)
    public final class Changes {
        @ViewChanged
        @Merged
        public void changed(ViewChangedEvent event) {
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
        if (!registration.localOnly()) {
            served.add(new Served(address, registration));
        }
        super.addRegistration(address, registration, done);
    }

    @Override
    public void removeRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
        if (registration.localOnly() || served.remove(new Served(address, registration))) {
            super.removeRegistration(address, registration, done);
        } else {
            done.succeed();
        }
    }

    /** Takes back everything but the ear for events: what is revoked now must be known until the end. */
    Future<Void> withdraw() {
        return Future.join(served.stream()
                        .filter(one -> !one.address.equals(Event.ADDRESS))
                        .map(one -> {
                            Promise<Void> withdrawn = Promise.promise();
                            removeRegistration(one.address, one.registration, withdrawn);
                            return withdrawn.future();
                        })
                        .toList())
                .mapEmpty();
    }

    void keepUp(Vertx vertx) {
        vertx.setPeriodic(UPKEEP.toMillis(), tick -> {
            if (isActive()) {
                sayAgain();
                introduceAgain();
                if (caches.isCoordinator()) {
                    var unused = vertx.executeBlocking(this::forgetTheDead);
                }
            }
        });
    }

    private void sayAgain() {
        for (String address : served.stream().map(Served::address).collect(Collectors.toSet())) {
            var unused = known(address)
                    .onSuccess(all -> served.stream()
                            .filter(one -> one.address.equals(address) && !all.contains(one.registration))
                            .forEach(one -> super.addRegistration(address, one.registration, Promise.promise())));
        }
    }

    /** The superclass does it once, when somebody goes, and not always with success. */
    private @Nullable Void forgetTheDead() {
        List<String> alive = getNodes();
        for (String address :
                List.copyOf(caches.<String, Object>getCache("__vertx.subs").keySet())) {
            var unused = known(address)
                    .onSuccess(all -> all.stream()
                            .filter(one -> !alive.contains(one.nodeId()))
                            .forEach(one -> super.removeRegistration(address, one, Promise.promise())));
        }
        return null;
    }

    /** All that stand in the cluster's memory, those of the dead too. */
    private Future<List<RegistrationInfo>> known(String address) {
        Promise<List<RegistrationInfo>> all = Promise.promise();
        super.getRegistrations(address, all);
        return all.future();
    }

    private void introduceAgain() {
        NodeInfo own = getNodeInfo();
        if (own != null) {
            Promise<NodeInfo> known = Promise.promise();
            getNodeInfo(getNodeId(), known);
            var unused = known.future().onFailure(forgotten -> setNodeInfo(own, Promise.promise()));
        }
    }
}
