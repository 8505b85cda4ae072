package io.gatehouse.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members that are gone, as far as the group can tell: one that died, or one that only can't be reached. Where each was is remembered, and
 * it is knocked at its door again and again. Who opens counts from then on as before, seconds before the group has found together.
 * Whose door is shut for good is forgotten: a process that ended does not come back.
 */
final class Missing {
    private static final Logger LOG = LoggerFactory.getLogger(Missing.class);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    /** Of one that opened: it may be lost again before the group has it back. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private static final long SOUGHT_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** What it had said is forgotten by the group, and takes rounds to be said anew. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** Half of a large cluster may be missing: each knocks at some doors, and one that opens is enough. */
    private static final int MOST = 32;

    private static final class One {
        private final NodeInfo place;
        private final long since = System.nanoTime();
        private volatile boolean opened;

        One(NodeInfo place) {
            this.place = place;
        }
    }

    /** There is no process any more behind that door. */
    static final class ShutDoor extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ShutDoor() {
            super("nobody listens there", null, false, false);
        }
    }

    private record Search(Vertx vertx, Function<NodeInfo, Future<Void>> door) {}

    private final Supplier<List<String>> members;
    private final Runnable changed;
    private final Map<String, NodeInfo> places = new ConcurrentHashMap<>();
    private final Map<String, One> missing = new ConcurrentHashMap<>();
    private final Map<String, Long> back = new ConcurrentHashMap<>();

    private volatile @Nullable Search search;

    /**
     * @param members that the group has
     * @param changed told when one that is missing can be reached, or no more
     */
    Missing(Supplier<List<String>> members, Runnable changed) {
        this.members = members;
        this.changed = changed;
    }

    /** @param door fails where nobody opens, with {@link ShutDoor} where nobody will */
    void seek(Vertx vertx, Function<NodeInfo, Future<Void>> door) {
        search = new Search(vertx, door);
    }

    /** Seeks nobody any more. */
    void rest() {
        search = null;
        missing.clear();
    }

    /** Where a member is found. Who was there before is no more. */
    void learn(String node, NodeInfo place) {
        if (!place.equals(places.put(node, place))
                && missing.entrySet()
                        .removeIf(one -> !one.getKey().equals(node) && isThere(one.getValue().place, place))) {
            changed.run();
        }
    }

    private static boolean isThere(NodeInfo one, NodeInfo other) {
        return one.port() == other.port() && one.host().equals(other.host());
    }

    /** Who are members now. */
    void changed(List<String> now) {
        long time = System.nanoTime();
        back.values().removeIf(since -> time - since > KEPT_NANOS);
        for (String node : now) {
            if (missing.remove(node) != null) {
                back.put(node, time);
            }
        }
        for (String node : Set.copyOf(places.keySet())) {
            if (!now.contains(node) && !missing.containsKey(node)) {
                lose(node, places.remove(node));
            }
        }
    }

    private void lose(String node, @Nullable NodeInfo place) {
        back.remove(node);
        Search begun = search;
        // Who was found in its place before it was lost would open in its stead.
        if (begun != null
                && place != null
                && missing.size() < MOST
                && places.values().stream().noneMatch(other -> isThere(other, place))) {
            One one = new One(place);
            missing.put(node, one);
            knock(begun, node, one);
        }
    }

    private void knock(Search begun, String node, One one) {
        if (missing.get(node) != one) {
            return;
        }
        if (System.nanoTime() - one.since > SOUGHT_NANOS) {
            forget(node, one);
            return;
        }
        open(begun, one.place).onComplete(opened -> {
            if (missing.get(node) != one) {
                return;
            }
            if (opened.cause() instanceof ShutDoor) {
                forget(node, one);
                return;
            }
            tell(node, one, opened.succeeded());
            begun.vertx.setTimer((one.opened ? AGAIN : BETWEEN).toMillis(), later -> knock(begun, node, one));
        });
    }

    /** Any member may say of any where it is found, and name what is no place: nobody will open there. */
    private static Future<Void> open(Search begun, NodeInfo place) {
        try {
            return begun.door.apply(place);
        } catch (RuntimeException nowhere) {
            return Future.failedFuture(new ShutDoor());
        }
    }

    private void forget(String node, One one) {
        if (missing.remove(node, one)) {
            tell(node, one, false);
        }
    }

    private void tell(String node, One one, boolean opened) {
        if (one.opened != opened) {
            one.opened = opened;
            LOG.info("a member that the group has lost can be reached: {} node={}", opened, node);
            changed.run();
        }
    }

    private List<String> reached() {
        return missing.entrySet().stream()
                .filter(one -> one.getValue().opened)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Who can be asked: members, and those that the group does not have back yet. */
    List<String> within() {
        return Stream.concat(members.get().stream(), reached().stream()).toList();
    }

    /** Whether what it said of itself before still counts: it is missing, or has been back for a moment. */
    boolean isRemembered(String node) {
        Long since = back.get(node);
        return missing.containsKey(node)
                || (since != null && System.nanoTime() - since <= KEPT_NANOS)
                // Of one that has just gone the group may tell before it is known to be missing.
                || (places.containsKey(node) && !members.get().contains(node));
    }

    /** Where it was; null: not known. */
    @Nullable
    NodeInfo place(String node) {
        One one = missing.get(node);
        return one == null ? places.get(node) : one.place;
    }
}
