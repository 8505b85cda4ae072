package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Opening;
import io.gatehouse.store.PushedRequest;
import io.gatehouse.store.Samples;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PgSweepTest extends PgCase {
    /** Of the longest grant that {@link Samples#TIMES} gives. */
    private static final int DAYS = 60;

    @Test
    void partitions_areThereBeforeTheirDay() {
        assertThat(days("grants"))
                .startsWith(week(today()))
                .contains(week(today() + DAYS))
                .isSorted();
        assertThat(days("codes")).contains(today(), today() + 1);
        assertThat(days("spent")).contains(today(), today() + 1);
        clock.forward(Duration.ofDays(7));
        Await.result(store.sweep().round());
        assertThat(days("grants")).contains(week(today() + DAYS));
    }

    @Test
    void partitions_goWithAllTheirRowsOnceTheyAreOverForMoreThanADay() {
        Grant grant = openGrant();
        clock.forward(Duration.between(now(), grant.expiresAt()).plusDays(1));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM grants")).isEqualTo(1);
        clock.forward(Duration.ofDays(8));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM grants")).isZero();
        assertThat(days("grants"))
                .startsWith(week(today() - 2))
                .doesNotContain(week(grant.id().expiryDay()));
    }

    @Test
    void sessions_goWithTheirWeek() {
        assertThat(days("sessions")).containsExactly(week(today()), week(today()) + 7, week(today()) + 14);
        Session session = openSession("cookie");
        clock.forward(Duration.between(now(), session.expiresAt()).plusDays(1));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM sessions")).isEqualTo(1);
        clock.forward(Duration.ofDays(8));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM sessions")).isZero();
        assertThat(days("sessions"))
                .startsWith(week(today() - 2))
                .doesNotContain(week(session.id().expiryDay()));
    }

    @Test
    void aLoginThatComesBeforeItsPartition_makesIt() {
        clock.forward(Duration.ofDays(30));
        assertThat(days("sessions")).doesNotContain(week(today() + 7));
        Session session = openSession("cookie");
        assertThat(days("sessions")).contains(week(session.id().expiryDay()));
        assertThat(number("SELECT count(*) FROM sessions")).isEqualTo(1);
    }

    @Test
    void logouts_goOnceForgotten() {
        for (int i = 0; i < 3; i++) {
            Session session = openSession("cookie " + i, "web", "app");
            Await.result(store.sessions().end(Tenant.MAIN, proof(session), null, now()));
            clock.forward(Duration.ofMinutes(5));
        }
        clock.forward(Duration.ofMinutes(2));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM logouts")).isEqualTo(4);
        clock.forward(Duration.ofMinutes(15));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM logouts")).isZero();
    }

    @Test
    void pushedRequests_goOnceNobodyTakesThem() {
        for (int i = 0; i < 4; i++) {
            Instant end = now().plus(Duration.ofMinutes(i % 2 == 0 ? 1 : 5));
            PushedRequest request =
                    new PushedRequest(Tenant.MAIN, "web", CodeId.make(end).id(), "", end);
            Await.result(store.pushedRequests().push(request, now()));
        }
        clock.forward(PushedRequest.PATIENCE.plus(Duration.ofMinutes(3)));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM pushed_requests")).isEqualTo(2);
        clock.forward(Duration.ofMinutes(4));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM pushed_requests")).isZero();
    }

    @Test
    void tables_doNotGrowWithTime() {
        for (int day = 0; day < 40; day++) {
            clock.forward(Duration.ofDays(1));
            open(now().plus(Duration.ofDays(1)));
            Await.result(store.sweep().round());
        }
        assertThat(days("grants")).hasSizeLessThanOrEqualTo(DAYS / 7 + 4);
        assertThat(days("codes")).hasSizeLessThanOrEqualTo(5);
        assertThat(days("spent")).hasSizeLessThanOrEqualTo(5);
        assertThat(number("SELECT count(*) FROM grants")).isLessThanOrEqualTo(11);
    }

    @Test
    void aRowThatComesBeforeItsPartition_makesIt() {
        Instant end = now().plus(Duration.ofDays(90));
        assertThat(days("grants")).doesNotContain(week(today() + 90));
        assertThat(open(end)).isEqualTo(Opening.OPENED);
        assertThat(days("grants")).contains(week(today() + 90));
        assertThat(number("SELECT count(*) FROM grants")).isEqualTo(1);
    }

    @Test
    void sweeping_isDoneByOneNodeAtATime() {
        PgConnection other = connect();
        clock.forward(Duration.ofDays(12));
        List<Integer> before = days("grants");
        run(other, "SELECT pg_advisory_lock(hashtext('gatehouse.partitions'))");
        Await.result(store.sweep().round());
        assertThat(days("grants")).as("the other is at it").isEqualTo(before);
        run(other, "SELECT pg_advisory_unlock(hashtext('gatehouse.partitions'))");
        Await.result(store.sweep().round());
        assertThat(days("grants")).startsWith(week(today() - 2)).contains(week(today() + DAYS));
        Await.result(other.close());
    }

    @Test
    void dropping_waitsForNobody() {
        PgConnection reader = connect();
        Grant grant = openGrant();
        clock.forward(Duration.ofDays(12));
        run(reader, "BEGIN; SELECT count(*) FROM grants");
        Await.fails(store.sweep().round(), Unavailable.class);
        assertThat(Await.result(store.grants().rotate(Samples.rotate(grant, 0), now())))
                .as("requests go on")
                .isNotNull();
        run(reader, "COMMIT");
        Await.result(store.sweep().round());
        assertThat(days("grants")).startsWith(week(today() - 2));
        Await.result(reader.close());
    }

    @Test
    void denials_goOnceExpired() {
        for (int i = 0; i < 60; i++) {
            Instant end = now().plus(Duration.ofMinutes(i % 3 == 0 ? 60 : 5));
            Denial denial = new Denial(Tenant.MAIN, Kind.TOKEN, "jti " + i, 0, "web", end, "gid " + i % 6);
            Await.result(store.revocations().deny(denial, now()));
        }
        clock.forward(Duration.ofMinutes(7));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM denials")).isEqualTo(20);
        assertThat(number("SELECT lines FROM denial_log")).isEqualTo(20);
        assertThat(number("SELECT lines FROM denial_counts WHERE gid = ''")).isEqualTo(20);
        clock.forward(Duration.ofMinutes(60));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM denials")).isZero();
        assertThat(number("SELECT count(*) FROM denial_counts")).isZero();
        assertThat(number("SELECT last FROM denial_log"))
                .as("numbers are never given again")
                .isEqualTo(60);
    }

    @Test
    void limits_goOnceTheyAreFull_andTheSoonestOfTooMany() {
        Rate rate = Rate.parse("5/PT5M");
        for (int i = 0; i < 40; i++) {
            Await.result(store.limits().reserve(List.of(new Limit(Digest.of("key " + i), rate)), now()));
            clock.forward(Duration.ofSeconds(2));
        }
        rows("SELECT sweep_limits_1(0, 25, 10)");
        assertThat(number("SELECT count(*) FROM limits")).isEqualTo(30);
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM limits")).isEqualTo(30);
        clock.forward(Duration.ofMinutes(3));
        Await.result(store.sweep().round());
        assertThat(number("SELECT count(*) FROM limits")).isZero();
    }

    private int today() {
        return Nanos.day(now());
    }

    /** The first day of a partition of grants. */
    private static int week(int day) {
        return day - day % 7;
    }

    private List<Integer> days(String table) {
        return rows("SELECT day FROM partitions_1($1) ORDER BY day", table).stream()
                .map(row -> row.getInteger(0))
                .toList();
    }

    private Opening open(Instant end) {
        Grant sample = Samples.grant("web");
        Grant grant = new Grant(
                sample.tenant(),
                GrantId.expiring(end),
                sample.clientId(),
                sample.subject(),
                sample.family(),
                sample.scope(),
                sample.familySecret(),
                sample.currentSecret(),
                null,
                null,
                0,
                null,
                false,
                0,
                0,
                null,
                null,
                now(),
                sample.amr(),
                now(),
                end,
                end,
                null);
        return Await.result(store.grants().open(grant, now()));
    }

    private PgConnection connect() {
        return Await.result(PgConnection.connect(vertx, PgConnectOptions.fromUri(uri)));
    }

    private static void run(PgConnection connection, String sql) {
        Await.result(connection.query(sql).execute());
    }
}
