package io.gatehouse.deploy.cluster;

import io.gatehouse.common.message.Event;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.Address;

/**
 * Who serves which address. What this member serves it says again where that got lost (whoever is cut off for a while is
 * forgotten by the others, and they by it), and takes back before it stops serving.
 */
final class Members extends InfinispanClusterManager {
    private static final Duration UPKEEP = Duration.ofSeconds(2);

    private record Served(String address, RegistrationInfo registration) {}

    private final DefaultCacheManager caches;
    private final Set<Served> served = ConcurrentHashMap.newKeySet();

    Members(DefaultCacheManager caches) {
        super(caches);
        this.caches = caches;
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
            }
        });
    }

    private void sayAgain() {
        for (String address : served.stream().map(Served::address).collect(Collectors.toSet())) {
            Promise<List<RegistrationInfo>> known = Promise.promise();
            getRegistrations(address, known);
            var unused = known.future()
                    .onSuccess(all -> served.stream()
                            .filter(one -> one.address.equals(address) && !all.contains(one.registration))
                            .forEach(one -> super.addRegistration(address, one.registration, Promise.promise())));
        }
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
