package io.gatehouse.token;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.PageKeys.KeySet;
import io.gatehouse.common.message.PageKeys.PageKey;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page keys come from the master key and the day (UTC): nothing is stored, and every node with one master key says the same.
 * For one event loop.
 */
final class DailyPageKeys {
    private final MasterKeys masterKeys;
    private final Clock clock;
    private @Nullable KeySet known;

    DailyPageKeys(MasterKeys masterKeys, Clock clock) {
        this.masterKeys = masterKeys;
        this.clock = clock;
    }

    /** Today's, and yesterday's for pages that were open at midnight, and for access tokens. */
    KeySet get() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        KeySet latest = known;
        if (latest == null || latest.keys().get(0).id() != today.toEpochDay()) {
            latest = new KeySet(List.of(key(today), key(today.minusDays(1))));
            known = latest;
        }
        return latest;
    }

    private PageKey key(LocalDate day) {
        int id = Math.toIntExact(day.toEpochDay());
        Secret key = new Secret(masterKeys.derive("gatehouse page key v1 " + id));
        return new PageKey(id, key, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
