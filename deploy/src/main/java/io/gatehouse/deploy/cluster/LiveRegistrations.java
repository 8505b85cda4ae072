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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the event bus hears of who serves an address: only of those who are members now, or can be reached again before the group has them
 * back. What the dead served stands in the cluster's memory for a while, and whoever would be asked there would never answer. What a
 * member served that got lost is forgotten there, and is what it serves all the same.
 */
final class LiveRegistrations implements RegistrationListener {
    private final RegistrationListener bus;
    private final Supplier<List<String>> members;
    private final Predicate<String> remembered;
    /** As they were told last, with those of the dead; of the addresses that the bus uses only. */
    private final Map<String, List<RegistrationInfo>> told = new ConcurrentHashMap<>();

    /**
     * @param members who can be asked
     * @param remembered whether what a member said still counts that the group may have forgotten
     */
    LiveRegistrations(RegistrationListener bus, Supplier<List<String>> members, Predicate<String> remembered) {
        this.bus = bus;
        this.members = members;
        this.remembered = remembered;
    }

    @Override
    public boolean wantsUpdatesFor(String address) {
        return bus.wantsUpdatesFor(address);
    }

    @Override
    public void registrationsUpdated(RegistrationUpdateEvent event) {
        bus.registrationsUpdated(
                new RegistrationUpdateEvent(event.address(), look(event.address(), event.registrations())));
    }

    @Override
    public void registrationsLost() {
        told.clear();
        bus.registrationsLost();
    }

    /** Those that count now; remembers all of them. */
    List<RegistrationInfo> look(String address, List<RegistrationInfo> all) {
        List<RegistrationInfo> kept = told.merge(address, all, this::withRemembered);
        return alive(address, kept);
    }

    /** Whether one is known whom the group may have forgotten. */
    boolean remembersOne(String address) {
        return told.getOrDefault(address, List.of()).stream().anyMatch(one -> remembered.test(one.nodeId()));
    }

    private List<RegistrationInfo> withRemembered(List<RegistrationInfo> before, List<RegistrationInfo> now) {
        List<RegistrationInfo> lost = before.stream()
                .filter(one -> remembered.test(one.nodeId())
                        && now.stream().noneMatch(other -> other.nodeId().equals(one.nodeId())))
                .toList();
        return lost.isEmpty() ? now : Stream.concat(now.stream(), lost.stream()).toList();
    }

    /** Somebody came or went, or can be reached again. */
    void membersChanged() {
        told.keySet().removeIf(address -> !bus.wantsUpdatesFor(address) && !remembersOne(address));
        told.forEach((address, all) -> {
            if (bus.wantsUpdatesFor(address)) {
                bus.registrationsUpdated(new RegistrationUpdateEvent(address, alive(address, all)));
            }
        });
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
