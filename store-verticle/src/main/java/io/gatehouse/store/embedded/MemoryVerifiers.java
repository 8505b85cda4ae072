package io.gatehouse.store.embedded;

import io.gatehouse.common.message.Verifiers.Known;
import io.gatehouse.common.message.Verifiers.Live;
import io.gatehouse.common.message.Verifiers.Report;
import io.gatehouse.common.message.Verifiers.Standing;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leases on the writer thread, in memory: the store's process is the only one that verifies, and ends with them. */
final class MemoryVerifiers implements Store.Verifiers {
    /** One process has one; the rest would be somebody's mistake. */
    private static final int MOST = 64;
    /** A tenant is asked about only while its keys change. */
    private static final int MOST_TENANTS = 10_000;

    private final Writer writer;
    private final Map<String, Verifier> verifiers = new HashMap<>();

    MemoryVerifiers(Writer writer) {
        this.writer = writer;
    }

    /** @param since when its first lease began that was not interrupted */
    private record Verifier(Instant since, Instant end, Map<String, Long> versions) {
        boolean isLive(Instant now) {
            return now.isBefore(end);
        }

        boolean isBehind(Live asked) {
            Long known = versions.get(asked.tenant());
            return !since.isAfter(asked.since()) && (known == null || known < asked.version());
        }
    }

    /** Forgets what was said first. */
    private static final class Latest extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_TENANTS;
        }
    }

    @Override
    public Future<Boolean> report(Report request, Instant now) {
        return writer.submit(tables -> report(verifiers.get(request.verifier()), request, now));
    }

    private boolean report(@Nullable Verifier before, Report request, Instant now) {
        verifiers.values().removeIf(verifier -> !verifier.isLive(now));
        if (request.lease().isZero()) {
            verifiers.remove(request.verifier());
            return before != null;
        }
        Verifier renewed = before != null && before.isLive(now) ? before : null;
        if (renewed != null || verifiers.size() < MOST) {
            Map<String, Long> versions = renewed == null ? new Latest() : renewed.versions;
            for (Known known : request.known()) {
                versions.merge(known.tenant(), known.version(), Math::max);
            }
            Instant since = renewed == null ? now : renewed.since;
            verifiers.put(request.verifier(), new Verifier(since, now.plus(request.lease()), versions));
        }
        return renewed != null;
    }

    @Override
    public Future<Standing> standing(Live request, Instant now) {
        return writer.submit(tables -> {
            verifiers.values().removeIf(verifier -> !verifier.isLive(now));
            long behind = verifiers.values().stream()
                    .filter(verifier -> verifier.isBehind(request))
                    .count();
            return new Standing(verifiers.size(), (int) behind);
        });
    }
}
