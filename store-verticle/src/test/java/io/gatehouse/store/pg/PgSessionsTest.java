package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Logouts.Report;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.store.Await;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SessionOverview;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions where only the server's own ways make trouble: names, pages, and two nodes at once. */
class PgSessionsTest extends PgCase {
    /** No column could hold it, and no index. */
    private static final String LONG = "größe \0 \\ 🦊 " + "x".repeat(4_000);

    @Test
    void names_comeBackAsTheyWere() {
        String subject = "subject " + LONG;
        String client = "client " + LONG;
        Await.result(store.clients().declare(Samples.client(client)));
        Await.result(store.users().declare(Samples.user(Tenant.MAIN, subject, "eve", null, null, null), Samples.HASH));
        Session own = begin(subject, "own");
        begin(subject, "other", client);
        rows(
                "INSERT INTO consents VALUES ('main', $1, $2, '{api}', 1, 1)",
                ColumnText.key(subject),
                ColumnText.key(client));
        SessionOverview overview = Await.result(store.sessions().overview(Tenant.MAIN, proof(own), now()));
        assertThat(overview.sessions())
                .hasSize(2)
                .allMatch(session -> session.subject().equals(subject));
        assertThat(overview.consents()).singleElement().satisfies(allowed -> {
            assertThat(allowed.consent().clientId()).isEqualTo(client);
            assertThat(allowed.consent().subject()).isEqualTo(subject);
            assertThat(allowed.clientName()).isEqualTo("Name of " + client);
        });
        List<SequencedDenial> denials = Await.result(store.sessions()
                .changePassword(Tenant.MAIN, proof(own), Samples.HASH, Secret.of("new"), Digest.of("f"), now()));
        assertThat(denials)
                .singleElement()
                .satisfies(line -> assertThat(line.denial().key()).isEqualTo(subject));
        assertThat(claim()).singleElement().satisfies(logout -> {
            assertThat(logout.clientId()).isEqualTo(client);
            assertThat(logout.subject()).isEqualTo(subject);
        });
    }

    @Test
    void theCapOfOneClient_isNoOtherTenants() {
        rows(
                "INSERT INTO logouts SELECT 'other', sha256(n::text::bytea), 'web', 's', '', 0, $1, $1 + 1"
                        + " FROM generate_series(1, 1000) n",
                Nanos.of(now().plusSeconds(60)));
        end(openSession("cookie", "web", "app"));
        assertThat(claim()).extracting(PendingLogout::clientId).containsExactlyInAnyOrder("web", "app");
    }

    @Test
    void aRenewal_touchesNoIndex() {
        AtomicReference<Statements.Server> server = new AtomicReference<>();
        // One after another, its statements go over one connection: that one knows what they did.
        PgStore node = node(Samples.TIMES, tapped -> {
            server.set(tapped);
            return tapped;
        });
        Session session = openSession("first");
        for (int i = 0; i < 20; i++) {
            clock.forward(Duration.ofMinutes(1));
            Session login = login("cookie " + i);
            session = Await.result(node.sessions().begin(login, proof(session), now()))
                    .session();
        }
        Await.result(server.get().run("SELECT pg_stat_force_next_flush()", Tuple.tuple()));
        Row row = row("SELECT sum(n_tup_upd)::bigint, sum(n_tup_hot_upd)::bigint FROM pg_stat_user_tables"
                + " WHERE relname LIKE 'sessions\\_%'");
        assertThat(row.getLong(0)).isEqualTo(20);
        assertThat(row.getLong(1)).isEqualTo(20);
    }

    @Test
    void changesOfPassword_renewalsAndEnds_atOnce_leaveOneHistory() {
        List<PgStore> both = List.of(store, node(Samples.TIMES, server -> server));
        Secret holds = Samples.HASH;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Session> sessions = IntStream.range(0, 8)
                    .mapToObj(i -> openSession("cookie " + i, "web"))
                    .toList();
            List<Secret> hashes = new ArrayList<>();
            List<Future<List<SequencedDenial>>> changes = new ArrayList<>();
            for (Session session : sessions.subList(0, 3)) {
                hashes.add(Secret.of("hash " + seed + " " + hashes.size()));
                changes.add(change(both.get(random.nextInt(2)), session, holds, hashes.getLast()));
            }
            List<Future<?>> others = new ArrayList<>();
            for (Session session : sessions.subList(3, 8)) {
                Session target = sessions.get(random.nextInt(8));
                others.add(endOrRenew(both.get(random.nextInt(2)), session, target, random.nextBoolean()));
            }
            others.forEach(Await::result);
            holds = assertOneHistory(holds, changes, hashes);
        }
    }

    private Future<List<SequencedDenial>> change(PgStore node, Session session, Secret checked, Secret replacement) {
        return node.sessions()
                .changePassword(Tenant.MAIN, proof(session), checked, replacement, Digest.of("fresh"), now());
    }

    private Future<?> endOrRenew(PgStore node, Session session, Session target, boolean end) {
        return end
                ? node.sessions().end(Tenant.MAIN, proof(session), target.id(), now())
                : node.sessions().begin(login("again"), proof(session), now());
    }

    /** The hash that holds now. */
    private Secret assertOneHistory(Secret before, List<Future<List<SequencedDenial>>> changes, List<Secret> hashes) {
        List<List<SequencedDenial>> results =
                changes.stream().map(Await::result).toList();
        User ada = Await.result(store.users().find(Tenant.MAIN, Samples.ADA));
        long changed = results.stream().filter(Objects::nonNull).count();
        assertThat(changed).as("none where all three were ended first").isLessThanOrEqualTo(1);
        Secret holds = changed == 0 ? before : hashes.get(indexOfChange(results));
        assertThat(ada.passwordHash()).isEqualTo(holds);
        assertThat(log().stream().filter(line -> line.denial().kind() == Denial.Kind.SUBJECT))
                .as("one line about Ada, of her generation")
                .allSatisfy(line -> assertThat(line.denial().epoch()).isEqualTo(ada.epoch()));
        return holds;
    }

    private static int indexOfChange(List<List<SequencedDenial>> results) {
        return IntStream.range(0, results.size())
                .filter(i -> results.get(i) != null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void claims_ofTwoNodes_neverMeet() {
        PgStore second = node(Samples.TIMES, server -> server);
        IntStream.range(0, 60).forEach(i -> end(openSession("cookie " + i, "web")));
        List<Future<List<PendingLogout>>> claims = IntStream.range(0, 40)
                .mapToObj(i -> (i % 2 == 0 ? store : second).logouts().claim(2, now().plusSeconds(60), now()))
                .toList();
        List<PendingLogout> claimed = new ArrayList<>(
                Await.results(claims).stream().flatMap(List::stream).toList());
        claimed.addAll(claim());
        assertThat(claimed)
                .extracting(PendingLogout::id)
                .doesNotHaveDuplicates()
                .hasSize(60);
    }

    @Test
    void aFailureThatIsReportedLate_changesNothing() {
        end(openSession("cookie", "web"));
        PendingLogout logout = claim().getFirst();
        Report failure = new Report(Tenant.MAIN, logout.id(), false, 0);
        Await.result(store.logouts().report(failure, now()));
        clock.forward(Duration.ofSeconds(9));
        Await.result(store.logouts().report(failure, now()));
        clock.forward(Duration.ofSeconds(1));
        assertThat(claim())
                .singleElement()
                .satisfies(due -> assertThat(due.tries()).isEqualTo(1));
    }

    private Session begin(String subject, String cookie, String... listeners) {
        User user = Await.result(store.users().find(Tenant.MAIN, subject));
        Session session = Samples.TIMES.sessions().begin(user, Digest.of(cookie), "a browser", now());
        for (String listener : listeners) {
            session = session.heardBy(listener);
        }
        return Await.result(store.sessions().begin(session, null, now())).session();
    }

    private void end(Session session) {
        assertThat(Await.result(store.sessions().end(Tenant.MAIN, proof(session), null, now())))
                .isNotNull();
    }

    private List<PendingLogout> claim() {
        return Await.result(store.logouts().claim(100, now().plusSeconds(60), now()));
    }
}
