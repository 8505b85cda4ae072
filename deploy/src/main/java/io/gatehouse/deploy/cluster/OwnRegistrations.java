package io.gatehouse.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this member serves, as it told the others. Who was cut off or hung for a while may still read in its own copy what the
 * others have long forgotten, and to say the same again would then change nothing: so it is said under a new number before the former
 * one is taken back, and is known all the while to those who knew it.
 */
final class OwnRegistrations {
    private static final int TRIES = 3;

    /** The cluster's memory, as all members share it. */
    interface Shared {
        Future<Void> add(String address, RegistrationInfo registration);

        Future<Void> remove(String address, RegistrationInfo registration);

        /** Those of the dead too. */
        Future<List<RegistrationInfo>> known(String address);
    }

    /** As the event bus names it. */
    private record Served(String address, RegistrationInfo registration) {}

    /** @param told what is being said is not to be said again meanwhile */
    private record Said(RegistrationInfo registration, boolean told) {}

    private final Shared shared;
    private final Supplier<String> self;
    private final Map<Served, Said> served = new ConcurrentHashMap<>();
    /** The event bus counts from zero upwards. */
    private final AtomicLong numbers = new AtomicLong();

    /** @param self the name of this member */
    OwnRegistrations(Shared shared, Supplier<String> self) {
        this.shared = shared;
        this.self = self;
    }

    Future<Void> add(String address, RegistrationInfo registration) {
        Served one = new Served(address, registration);
        served.put(one, new Said(registration, false));
        return say(one, TRIES)
                .onComplete(done -> served.replace(one, new Said(registration, false), new Said(registration, true)));
    }

    /** A member that hangs, or comes at this moment, may make the others miss it. */
    private Future<Void> say(Served one, int tries) {
        return shared.add(one.address, one.registration)
                .recover(failure ->
                        tries > 1 && served.containsKey(one) ? say(one, tries - 1) : Future.failedFuture(failure));
    }

    Future<Void> remove(String address, RegistrationInfo registration) {
        Said said = served.remove(new Served(address, registration));
        return said == null ? Future.succeededFuture() : shared.remove(address, said.registration);
    }

    /** Takes back what is served at these addresses. */
    Future<Void> withdraw(Predicate<String> addresses) {
        return all(served.keySet().stream()
                .filter(one -> addresses.test(one.address))
                .map(one -> remove(one.address, one.registration)));
    }

    /** Says what got lost, and takes back what this member does not serve. */
    Future<Void> sayAgain() {
        return all(told().collect(Collectors.groupingBy(Served::address)).entrySet().stream()
                .map(each -> shared.known(each.getKey())
                        .compose(known -> Future.join(sayLost(each.getValue(), known), takeBack(each.getKey(), known)))
                        .mapEmpty()));
    }

    private Future<Void> sayLost(List<Served> here, List<RegistrationInfo> known) {
        return each(
                here,
                (one, said) -> known.contains(said.registration)
                        ? Future.succeededFuture()
                        : shared.add(one.address, said.registration));
    }

    /** Of a number that it was to have, when the group did not answer. */
    private Future<Void> takeBack(String address, List<RegistrationInfo> known) {
        return all(known.stream()
                .filter(one -> one.nodeId().equals(self.get()) && !one.localOnly())
                .filter(one -> served.entrySet().stream()
                        .noneMatch(each -> each.getKey().address.equals(address)
                                && each.getValue().registration.equals(one)))
                .map(one -> shared.remove(address, one)));
    }

    /** Says everything, whoever may know it already. */
    Future<Void> sayAnew() {
        return each(told().toList(), this::sayAnew);
    }

    private Future<Void> sayAnew(Served one, Said before) {
        RegistrationInfo other = new RegistrationInfo(self.get(), numbers.decrementAndGet(), false);
        return shared.add(one.address, other)
                .compose(added -> shared.remove(
                        one.address, served.replace(one, before, new Said(other, true)) ? before.registration : other));
    }

    private Stream<Served> told() {
        return served.entrySet().stream().filter(one -> one.getValue().told).map(Map.Entry::getKey);
    }

    /** For those that are served still. */
    private Future<Void> each(List<Served> here, BiFunction<Served, Said, Future<Void>> work) {
        return all(here.stream().map(one -> {
            Said said = served.get(one);
            return said == null ? Future.succeededFuture() : work.apply(one, said);
        }));
    }

    private static Future<Void> all(Stream<? extends Future<?>> work) {
        return Future.join(work.toList()).mapEmpty();
    }
}
