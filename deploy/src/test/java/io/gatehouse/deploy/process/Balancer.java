package io.gatehouse.deploy.process;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Leads clients to gateways that it was told are up. */
final class Balancer {
    private final Map<String, URI> up = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    void admit(String gateway, RunningNode node) {
        up.put(gateway, node.address());
    }

    void withdraw(String gateway) {
        up.remove(gateway);
    }

    /** A client of all of them. */
    Caller inTurn() {
        return new Caller(this::next);
    }

    /** A client of one, and of the others while that one is not there. */
    Caller preferring(String gateway) {
        return new Caller(() -> {
            URI preferred = up.get(gateway);
            return preferred == null ? next() : preferred;
        });
    }

    private URI next() {
        List<URI> all = List.copyOf(up.values());
        return all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
    }
}
