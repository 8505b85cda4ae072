package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.bus.seal.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who is to be asked: of those that say they serve an address, in turn, one whose certificate says that it may. */
final class Servers {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private record Told(List<String> nodes, long at) {}

    private final Company company;
    private final Contacts contacts;
    /** By address, of which there is one for each family. */
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    private final AtomicInteger turn = new AtomicInteger();

    Servers(Company company, Contacts contacts) {
        this.company = company;
        this.contacts = contacts;
    }

    /**
     * Completes with null where there is none.
     *
     * @param avoided asked only where there is no other
     */
    Future<@Nullable Session> pick(String address, Part part, Set<String> avoided) {
        Told last = told.get(address);
        if (last == null || last.nodes.isEmpty()) {
            return look(address).compose(nodes -> choose(nodes, part, avoided));
        }
        if (System.nanoTime() - last.at > FRESH_NANOS) {
            // What is known is used meanwhile: who is gone from it is noticed where it is asked.
            told.put(address, new Told(last.nodes, System.nanoTime()));
            Future<List<String>> unused = look(address);
        }
        return choose(last.nodes, part, avoided);
    }

    private Future<List<String>> look(String address) {
        return Link.here(company.serving(address))
                .onSuccess(nodes -> told.put(address, new Told(nodes, System.nanoTime())));
    }

    /** Whether it is still there to be asked; where it is not, it is forgotten. */
    Future<Boolean> serves(String node, String address) {
        return Link.here(company.serving(address + "." + node))
                .map(nodes -> nodes.contains(node))
                .onSuccess(serves -> {
                    if (!serves) {
                        told.computeIfPresent(address, (same, last) -> new Told(without(last.nodes, node), last.at));
                    }
                });
    }

    private static List<String> without(List<String> nodes, String node) {
        return nodes.stream().filter(one -> !one.equals(node)).toList();
    }

    private Future<@Nullable Session> choose(List<String> nodes, Part part, Set<String> avoided) {
        List<Session> known = new ArrayList<>(nodes.size());
        List<Future<Session>> unknown = new ArrayList<>();
        for (String node : nodes) {
            Session session = contacts.known(node);
            if (session == null) {
                unknown.add(contacts.with(node));
            } else if (session.peer().parts().contains(part)) {
                known.add(session);
            }
        }
        return known.isEmpty() ? first(unknown, part) : Future.succeededFuture(next(known, avoided));
    }

    private Session next(List<Session> known, Set<String> avoided) {
        int start = Math.floorMod(turn.getAndIncrement(), known.size());
        for (int i = 0; i < known.size(); i++) {
            Session session = known.get((start + i) % known.size());
            if (!avoided.contains(session.peer().node())) {
                return session;
            }
        }
        return known.get(start);
    }

    /** Whoever is met first: one that is no server, or hangs, keeps nobody waiting. */
    private static Future<@Nullable Session> first(List<Future<Session>> unknown, Part part) {
        Promise<@Nullable Session> first = Promise.promise();
        for (Future<Session> one : unknown) {
            one.onSuccess(session -> {
                if (session.peer().parts().contains(part)) {
                    first.tryComplete(session);
                }
            });
        }
        Future.join(unknown).onComplete(all -> first.tryComplete(null));
        return first.future();
    }
}
