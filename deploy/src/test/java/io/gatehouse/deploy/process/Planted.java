package io.gatehouse.deploy.process;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every secret and personal datum that tests of this run have handed to a node or got from one. */
final class Planted {
    private static final int SHORTEST = 6;
    private static final Set<String> ALL = ConcurrentHashMap.newKeySet();

    private Planted() {}

    static void add(String secret) {
        // shorter ones occur in any text
        if (secret.length() >= SHORTEST) {
            ALL.add(secret);
        }
    }

    static List<String> all() {
        return List.copyOf(ALL);
    }
}
