package io.gatehouse.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.CodeSamples;
import io.gatehouse.store.Declarations;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.PushedRequest;
import io.gatehouse.store.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private final DenialLog log = new DenialLog(DenialLog.Bounds.STANDARD);
    private final Sweep sweep = new Sweep(log);
    private StoreFile file;
    private Tables tables;

    @BeforeEach
    void openFile(@TempDir Path folder) {
        file = new StoreFile(folder.resolve("store.mv").toString());
        tables = file.tables();
    }

    @AfterEach
    void closeFile() {
        file.close();
    }

    @Test
    void grants_goOnceTheirDayIsOver() {
        for (String tenant : new String[] {"a", "b", "b-2", "main", "z"}) {
            for (int day = 0; day < 10; day++) {
                put(tenant, Samples.NOW.plus(Duration.ofDays(day)), 30);
            }
        }
        assertThat(tables.grants.size()).isEqualTo(1500);
        round(Samples.NOW);
        assertThat(tables.grants.size()).as("none has expired").isEqualTo(1500);
        round(Samples.NOW.plus(Duration.ofDays(4)));
        assertThat(tables.grants.size()).isEqualTo(900);
        round(Samples.NOW.plus(Duration.ofDays(40)));
        assertThat(tables.grants.size()).isZero();
    }

    @Test
    void slices_areBounded() {
        put("main", Samples.NOW, 2000);
        boolean over = sweep.slice(tables, Samples.NOW.plus(Duration.ofDays(2)));
        assertThat(over).isFalse();
        assertThat(tables.grants.size()).isBetween(1000L, 1990L);
    }

    @Test
    void denials_goOnceExpired() {
        for (int i = 0; i < 3000; i++) {
            Instant end = Samples.NOW.plus(Duration.ofMinutes(i % 3 == 0 ? 60 : 5));
            log.append(tables, new Denial(Tenant.MAIN, Kind.TOKEN, "jti " + i, 0, "web", end), Samples.NOW);
        }
        round(Samples.NOW.plus(Duration.ofMinutes(5)));
        assertThat(tables.denials.size()).isEqualTo(1000);
        assertThat(tables.denialKeys.size()).isEqualTo(1000);
        assertThat(tables.denialCounts.get(RowKey.of(Tenant.MAIN, "web"))).isEqualTo(1000);
        round(Samples.NOW.plus(Duration.ofMinutes(60)));
        assertThat(tables.denials.size()).isZero();
        assertThat(tables.denialCounts.size()).isZero();
        assertThat(log.last(tables)).as("numbers are never given again").isEqualTo(3000);
    }

    @Test
    void codes_goOnceTheirTombstoneIsOver() {
        for (int i = 0; i < 2000; i++) {
            Instant end = Samples.NOW.plus(Duration.ofMinutes(i % 2 == 0 ? 5 : 60));
            tables.put(CodeSamples.code(CodeId.make(end).id(), end));
        }
        Duration garbage = CodeRules.TOMBSTONE.plusMinutes(1);
        round(Samples.NOW.plus(Duration.ofMinutes(5)).plus(garbage));
        assertThat(tables.codes.size()).isEqualTo(2000);
        round(Samples.NOW.plus(Duration.ofMinutes(5)).plus(garbage).plusMillis(1));
        assertThat(tables.codes.size()).isEqualTo(1000);
        round(Samples.NOW.plus(Duration.ofMinutes(60)).plus(garbage).plusMillis(1));
        assertThat(tables.codes.size()).isZero();
    }

    @Test
    void spentValues_goOnceTheirMemoryIsOver() {
        for (int i = 0; i < 2000; i++) {
            Instant end = Samples.NOW.plus(Duration.ofMinutes(i % 2 == 0 ? 5 : 60));
            tables.spent.put(RowKey.of("client_jwt", "main", "web", "jwt " + i), end.toEpochMilli());
        }
        round(Samples.NOW.plus(Duration.ofMinutes(6)));
        assertThat(tables.spent.size()).isEqualTo(2000);
        round(Samples.NOW.plus(Duration.ofMinutes(6)).plusMillis(1));
        assertThat(tables.spent.size()).isEqualTo(1000);
        round(Samples.NOW.plus(Duration.ofMinutes(62)));
        assertThat(tables.spent.size()).isZero();
    }

    @Test
    void sessions_goWithWhatFindsThem_onceTheirDayIsOver() {
        User ada = Declarations.user(null, Samples.ada(), Samples.HASH);
        for (int i = 0; i < 2000; i++) {
            Instant login = Samples.NOW.plus(Duration.ofDays(i % 2));
            SessionTable.put(tables, Samples.TIMES.sessions().begin(ada, Digest.of("cookie " + i), "", login));
        }
        Instant end = Samples.TIMES.sessions().end(Samples.NOW);
        round(end);
        assertThat(tables.sessions.size()).as("of the day that is not over").isEqualTo(2000);
        round(end.plus(Duration.ofDays(1)));
        assertThat(tables.sessions.size()).isEqualTo(1000);
        assertThat(tables.sessionsBySubject.size()).isEqualTo(1000);
        round(end.plus(Duration.ofDays(2)));
        assertThat(tables.sessions.size()).isZero();
        assertThat(tables.sessionsBySubject.size()).isZero();
    }

    @Test
    void logouts_goOnceNobodyTriesThemAnyMore() {
        User ada = Declarations.user(null, Samples.ada(), Samples.HASH);
        Session session = Samples.TIMES.sessions().begin(ada, Digest.of("cookie"), "", Samples.NOW);
        for (int i = 0; i < 600; i++) {
            LogoutTable.add(tables, PendingLogout.of(session, "web", Samples.NOW));
            LogoutTable.add(tables, PendingLogout.of(session, "app", Samples.NOW.plus(Duration.ofMinutes(5))));
        }
        Instant end = Samples.NOW.plus(Logouts.PATIENCE).plus(Duration.ofMinutes(1));
        round(end);
        assertThat(tables.logouts.size()).isEqualTo(1200);
        round(end.plusMillis(1));
        assertThat(tables.logouts.size()).isEqualTo(600);
        assertThat(tables.logoutsDue.size()).isEqualTo(600);
        assertThat(tables.logoutCounts.size()).isEqualTo(1);
        assertThat(tables.logoutCounts.get(RowKey.of(Tenant.MAIN, "app"))).isEqualTo(600);
        round(end.plus(Duration.ofMinutes(5)).plusMillis(1));
        assertThat(tables.logoutsDue.size()).isZero();
        assertThat(tables.logoutCounts.size()).isZero();
    }

    @Test
    void pushedRequests_goOnceNobodyTakesThem() {
        for (int i = 0; i < 1200; i++) {
            Instant end = Samples.NOW.plus(Duration.ofMinutes(i % 2 == 0 ? 1 : 5));
            CodeId id = CodeId.make(end).id();
            tables.pushedRequests.put(
                    EmbeddedPushedRequests.key(Tenant.MAIN, id), new PushedRequest(Tenant.MAIN, "web", id, "", end));
        }
        Instant garbage = Samples.NOW.plus(PushedRequest.PATIENCE).plus(Duration.ofMinutes(2));
        round(garbage);
        assertThat(tables.pushedRequests.size()).isEqualTo(1200);
        round(garbage.plusMillis(1));
        assertThat(tables.pushedRequests.size()).isEqualTo(600);
        round(garbage.plus(Duration.ofMinutes(5)));
        assertThat(tables.pushedRequests.size()).isZero();
    }

    private void round(Instant now) {
        boolean over = false;
        while (!over) {
            over = sweep.slice(tables, now);
        }
    }

    private void put(String tenant, Instant end, int count) {
        Grant sample = Samples.grant("web");
        for (int i = 0; i < count; i++) {
            tables.grants.put(RowKey.of(tenant, GrantId.expiring(end)), sample);
        }
    }
}
