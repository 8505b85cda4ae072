package io.gatehouse.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the event bus hears of who serves an address: only of those who are members now. What the dead served stands in the
 * cluster's memory for a while, and whoever would be asked there would never answer.
 */
final class LiveRegistrations implements RegistrationListener {
    private final RegistrationListener bus;
    private final Supplier<List<String>> members;
    /** As they were told last, with those of the dead; of the addresses that the bus uses only. */
    private final Map<String, List<RegistrationInfo>> told = new ConcurrentHashMap<>();

    LiveRegistrations(RegistrationListener bus, Supplier<List<String>> members) {
        this.bus = bus;
        this.members = members;
    }

    @Override
    public boolean wantsUpdatesFor(String address) {
        return bus.wantsUpdatesFor(address);
    }

    @Override
    public void registrationsUpdated(RegistrationUpdateEvent event) {
        told.put(event.address(), event.registrations());
        bus.registrationsUpdated(
                new RegistrationUpdateEvent(event.address(), alive(event.address(), event.registrations())));
    }

    @Override
    public void registrationsLost() {
        told.clear();
        bus.registrationsLost();
    }

    /** Those that count now; remembers all of them. */
    List<RegistrationInfo> look(String address, List<RegistrationInfo> all) {
        told.put(address, all);
        return alive(address, all);
    }

    /** Somebody came or went. */
    void membersChanged() {
        told.keySet().removeIf(address -> !bus.wantsUpdatesFor(address));
        told.forEach(
                (address, all) -> bus.registrationsUpdated(new RegistrationUpdateEvent(address, alive(address, all))));
    }

    /** Whoever was cut off for a while may be told of no change any more. */
    Future<Void> lookAgain(Function<String, Future<List<RegistrationInfo>>> known) {
        return Future.join(told.keySet().stream()
                        .filter(bus::wantsUpdatesFor)
                        .map(address -> known.apply(address).onSuccess(found -> {
                            if (!Set.copyOf(found).equals(Set.copyOf(told.getOrDefault(address, List.of())))) {
                                registrationsUpdated(new RegistrationUpdateEvent(address, found));
                            }
                        }))
                        .toList())
                .mapEmpty();
    }

    private List<RegistrationInfo> alive(String address, List<RegistrationInfo> all) {
        List<String> now = members.get();
        return all.stream()
                .filter(one -> now.contains(one.nodeId()) && mayServe(one.nodeId(), address, now))
                .toList();
    }

    /** An address that ends in a member's name is that one's alone, whoever else says to serve it. */
    private static boolean mayServe(String node, String address, List<String> now) {
        return address.endsWith("." + node) || now.stream().noneMatch(other -> address.endsWith("." + other));
    }
}
