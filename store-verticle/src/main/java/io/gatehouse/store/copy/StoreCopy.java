package io.gatehouse.store.copy;

import io.gatehouse.store.UnusableStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a store. Both sides know it by an id: the source is frozen for it, the copy is closed to nodes until it is
 * complete, and only the two together go on with it after a break. An unfrozen source gets a new id the next time, since
 * it may have changed.
 */
public final class StoreCopy {
    private static final int PAGE = 500;

    private final Copyable source;
    private final Copyable target;
    private final boolean targetHasRedis;
    private final CopyProgress progress;
    private final Clock clock;
    private final int page;

    /** @param targetHasRedis whether the nodes of the copy remember one-time values in Redis */
    public StoreCopy(Copyable source, Copyable target, boolean targetHasRedis, CopyProgress progress, Clock clock) {
        this(source, target, targetHasRedis, progress, clock, PAGE);
    }

    StoreCopy(Copyable source, Copyable target, boolean targetHasRedis, CopyProgress progress, Clock clock, int page) {
        this.source = source;
        this.target = target;
        this.targetHasRedis = targetHasRedis;
        this.progress = progress;
        this.clock = clock;
        this.page = page;
    }

    /** Makes it, or completes it; fails with {@link UnusableStore} and may then be run again, unless that says more. */
    public Future<CopyReport> run() {
        return source.facts().compose(of -> target.facts().compose(at -> run(of, at)));
    }

    /** Lets nodes start on a source again; says whether it was frozen. */
    public static Future<Boolean> unfreeze(Copyable source) {
        return source.facts()
                .compose(facts -> facts.containsKey(CopyFacts.FROZEN)
                        ? source.change(Map.of(), Set.of(CopyFacts.FROZEN)).map(true)
                        : Future.succeededFuture(false));
    }

    private Future<CopyReport> run(Map<String, String> of, Map<String, String> at) {
        if (of.containsKey(CopyFacts.COPY_OF)) {
            return refuse(source, "holds half a copy itself: complete that first");
        }
        String frozen = of.get(CopyFacts.FROZEN);
        if (frozen == null) {
            return begin(of, at).compose(begun -> copy(at(null), opening(begun)));
        }
        String id = CopyFacts.id(frozen);
        if (id.equals(at.get(CopyFacts.COPIED_FROM))) {
            return counts(target).map(rows -> new CopyReport(rows, opening(at), true));
        }
        return id.equals(at.get(CopyFacts.COPY_OF))
                ? copy(at(at.get(CopyFacts.COPIED_TO)), opening(at))
                : refuse(
                        source,
                        "is frozen for its copy in " + CopyFacts.place(frozen)
                                + ": go on with that one, or give it up and run `gatehouse store copy --from FILE"
                                + " --unfreeze` first");
    }

    /** The copy is marked first: a source that is frozen has one. */
    private Future<Map<String, String>> begin(Map<String, String> of, Map<String, String> at) {
        String id = UUID.randomUUID().toString();
        Map<String, String> marks = marks(of);
        marks.put(CopyFacts.COPY_OF, id);
        Set<String> old = Set.of(CopyFacts.COPIED_TO, CopyFacts.COPIED_FROM, CopyFacts.OPENS_AT, CopyFacts.DEMO);
        return demandEmpty(at)
                .compose(empty -> target.change(marks, old))
                .compose(marked -> source.change(Map.of(CopyFacts.FROZEN, id + " " + target.place()), Set.of()))
                .map(marks);
    }

    /** What the copy inherits. */
    private Map<String, String> marks(Map<String, String> of) {
        Map<String, String> marks = new HashMap<>(of);
        marks.keySet().retainAll(Set.of(CopyFacts.DEMO, CopyFacts.OPENS_AT));
        if (of.containsKey(CopyFacts.SPENT_ELSEWHERE) && targetHasRedis) {
            // Its memory begins with its first connection: what was presented before counts as presented.
            marks.put(CopyFacts.SPENT_ELSEWHERE, "true");
        } else if (of.containsKey(CopyFacts.SPENT_ELSEWHERE)) {
            Instant opensAt = clock.instant().plus(CopyFacts.LONGEST_JWT);
            marks.put(CopyFacts.OPENS_AT, Long.toString(opensAt.toEpochMilli()));
        }
        return marks;
    }

    private Future<Void> demandEmpty(Map<String, String> at) {
        if (at.containsKey(CopyFacts.FROZEN)) {
            return refuse(target, "is the frozen source of another copy: name an empty one");
        }
        return counts(target).compose(counts -> {
            // The main tenant is always there.
            counts.merge(Kind.TENANTS.name(), -1L, Long::sum);
            boolean empty = counts.values().stream().allMatch(rows -> rows <= 0);
            return empty
                    ? Future.succeededFuture()
                    : refuse(target, "holds other data already: name an empty one, on which no node was started");
        });
    }

    /** Where a copy goes on: the kind, and behind which row. */
    private record Position(int kind, @Nullable String after) {}

    private static Position at(@Nullable String copiedTo) {
        if (copiedTo == null) {
            return new Position(0, null);
        }
        int end = copiedTo.indexOf('\n');
        String name = copiedTo.substring(0, end);
        int kind = 0;
        while (!Kind.ALL.get(kind).name().equals(name)) {
            kind++;
        }
        return new Position(kind, copiedTo.substring(end + 1));
    }

    private Future<CopyReport> copy(Position from, @Nullable Instant opensAt) {
        return counts(source).compose(rows -> {
            Future<Void> copied = Future.succeededFuture();
            for (int kind = from.kind(); kind < Kind.ALL.size(); kind++) {
                Kind<?> next = Kind.ALL.get(kind);
                String after = kind == from.kind() ? from.after() : null;
                copied = copied.compose(done -> pages(next, after, rows.getOrDefault(next.name(), 0L)));
            }
            return copied.compose(done -> finish(rows)).map(done -> new CopyReport(rows, opensAt, false));
        });
    }

    private <T extends Record> Future<Void> pages(Kind<T> kind, @Nullable String after, long rows) {
        return new PageLoop<>(source, target, kind, page, progress, rows).from(after);
    }

    private Future<Void> finish(Map<String, Long> rows) {
        return source.lastDenial()
                .compose(target::continueDenials)
                .compose(continued -> counts(target))
                .compose(written -> written.equals(rows) ? complete() : startOver(rows, written));
    }

    private Future<Void> complete() {
        return target.facts()
                .compose(facts -> target.change(
                        Map.of(CopyFacts.COPIED_FROM, String.valueOf(facts.get(CopyFacts.COPY_OF))),
                        Set.of(CopyFacts.COPY_OF, CopyFacts.COPIED_TO)));
    }

    private Future<Void> startOver(Map<String, Long> rows, Map<String, Long> written) {
        String kind = rows.keySet().stream()
                .filter(name -> !Objects.equals(rows.get(name), written.get(name)))
                .findFirst()
                .orElseThrow();
        return target.change(Map.of(), Set.of(CopyFacts.COPIED_TO))
                .compose(reset -> refuse(
                        target,
                        "has " + written.get(kind) + " " + kind + " where the source has " + rows.get(kind)
                                + ": run the same command again, which copies all of them once more"));
    }

    private static Future<Map<String, Long>> counts(Copyable store) {
        Future<Map<String, Long>> counts = Future.succeededFuture(new LinkedHashMap<>());
        for (Kind<?> kind : Kind.ALL) {
            counts = counts.compose(all -> kind.of().apply(store).count().map(count -> {
                all.put(kind.name(), count);
                return all;
            }));
        }
        return counts;
    }

    private static @Nullable Instant opening(Map<String, String> facts) {
        String opensAt = facts.get(CopyFacts.OPENS_AT);
        return opensAt == null ? null : CopyFacts.instant(opensAt);
    }

    private static <T> Future<T> refuse(Copyable store, String reason) {
        String place = store.place();
        return Future.failedFuture(
                new UnusableStore(Character.toUpperCase(place.charAt(0)) + place.substring(1) + " " + reason, null));
    }
}
