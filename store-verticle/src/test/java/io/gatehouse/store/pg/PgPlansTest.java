package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Devices.Decide;
import io.gatehouse.common.message.Devices.Poll;
import io.gatehouse.common.message.Devices.State;
import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.message.Logouts.Report;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeSamples;
import io.gatehouse.store.Denials;
import io.gatehouse.store.DeviceRequest;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.SessionCodeSamples;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * With many rows in every table, what the server itself counts: no statement of a request reads a table from end to
 * end, and none opens more than one partition. Looked at this way, since plans of statements inside of functions show
 * themselves nowhere else; each is run often enough for its general plan.
 */
class PgPlansTest extends PgCase {
    private static final int OFTEN = 12;

    /** In which sessions lie. */
    private static final int WEEKS = 3;

    private final AtomicReference<Statements.Server> server = new AtomicReference<>();
    private PgStore alone;

    /** On one connection: it alone has to tell what it counted. */
    @BeforeEach
    void fillTables() {
        StoreConfig one =
                new StoreConfig(StoreConfig.Kind.POSTGRES, Path.of("unused"), 4096, SecretValue.of(uri), 1, true);
        PgOpening opening = new PgOpening(vertx, one, Samples.TIMES, false, clock, tapped -> {
            server.set(tapped);
            return tapped;
        });
        alone = Await.result(opening.run());
        Await.result(store.clients().declare(Samples.client("app")));
        openGrant();
        Await.result(store.codes().put(order(Digest.of("first")), now()));
        fill("codes", "digest", "sha256(n::text::bytea)");
        fill("spent", "digest", "sha256(n::text::bytea)");
        fill("clients", "client_id", "client_id || n");
        fill("users", "subject", "subject || n");
        fill("login_keys", "name", "name || n");
        fill("grants", "id", "sha256(n::text::bytea)");
        fill("tenants", "tenant", "tenant || n");
        fillSessions();
        fillDevices();
        rows(
                "INSERT INTO denials SELECT n, sha256(n::text::bytea), 'main', 'TOKEN', 'jti ' || n, 0, 'client', 'client ' || n, $1, NULL"
                        + " FROM generate_series(1, 4000) n",
                Nanos.of(now().plusSeconds(600)));
        rows("UPDATE denial_log SET last = 4000, lines = 4000");
        rows("INSERT INTO denial_counts SELECT 'main', 'client ' || n, '', 1 FROM generate_series(1, 4000) n");
        rows("INSERT INTO limits SELECT sha256(n::text::bytea), 0 FROM generate_series(1, 4000) n");
        rows("ANALYZE");
    }

    /** Copies one row many times, with another key. */
    private void fill(String table, String column, String value) {
        String columns = rows(
                        "SELECT attname::text FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0",
                        table)
                .stream()
                .map(row -> row.getString(0))
                .map(name -> name.equals(column) ? value : name)
                .reduce((left, right) -> left + ", " + right)
                .orElseThrow();
        rows("INSERT INTO " + table + " SELECT " + columns + " FROM (SELECT * FROM " + table
                + " LIMIT 1) one, generate_series(1, 4000) n");
    }

    /** Every week has some; Ada has one of them. */
    private void fillSessions() {
        Session session = openSession("first");
        fill("sessions", "id", "sha256(n::text::bytea)");
        rows(
                "UPDATE sessions SET subject = encode(id, 'hex'), expiry_day = $1 + get_byte(id, 0) % 3 * 7"
                        + " WHERE id <> $2",
                Nanos.day(now()), Cells.of(session.id().value()));
        rows(
                "INSERT INTO consents SELECT 'main', 'subject ' || n, 'web', '{api}', 1, 0 FROM generate_series(1, 4000) n");
        rows("INSERT INTO consents VALUES ('main', $1, 'web', '{api}', 1, 0)", Samples.ADA);
        rows(
                "INSERT INTO logouts SELECT 'main', sha256(n::text::bytea), 'client ' || n, 'subject', '', 0, $1, $1"
                        + " FROM generate_series(1, 4000) n",
                Nanos.of(now().plusSeconds(600)));
    }

    /** Both days that one which lives may expire on have some. */
    private void fillDevices() {
        Await.result(store.devices().begin(device("first"), now()));
        fill("devices", "digest", "sha256(n::text::bytea)");
        rows("UPDATE devices SET user_code = digest, expiry_day = $1 + get_byte(digest, 0) % 2", Nanos.day(now()));
    }

    @Test
    void aSession() {
        SessionProof[] shown = new SessionProof[OFTEN];
        SessionProof[] renewed = new SessionProof[OFTEN];
        Session[] logins = new Session[OFTEN];
        for (int i = 0; i < OFTEN; i++) {
            shown[i] = proof(openSession("cookie " + i, "web"));
            logins[i] = login("again " + i);
            renewed[i] = new SessionProof(shown[i].id(), logins[i].secret());
        }
        int[] next = {0};
        assertCheap(() -> alone.sessions().find("main", shown[next[0]++], now()), "sessions", 1);
        next[0] = 0;
        assertCheap(() -> alone.sessions().withdraw("main", shown[next[0]++], "web", now()), "sessions", 1);
        next[0] = 0;
        assertCheap(() -> alone.sessions().begin(logins[next[0]], shown[next[0]++], now()), "sessions", 1);
        next[0] = 0;
        assertCheap(() -> alone.sessions().overview("main", renewed[next[0]++], now()), "sessions", WEEKS);
        next[0] = 0;
        assertCheap(() -> alone.sessions().end("main", renewed[next[0]++], null, now()), "sessions", 1);
    }

    @Test
    void aLogout() {
        Instant lease = now().plusSeconds(60);
        Bytes[] ids = new Bytes[OFTEN];
        for (int i = 0; i < OFTEN; i++) {
            Session session = openSession("cookie " + i, "web");
            Await.result(store.sessions().end("main", proof(session), null, now()));
            ids[i] = Await.result(store.logouts().claim(1, lease, now()))
                    .getFirst()
                    .id();
        }
        int[] next = {0};
        assertCheap(() -> alone.logouts().report(new Report("main", ids[next[0]++], false, 0), now()), "sessions", 0);
        clock.forward(Duration.ofSeconds(10));
        assertCheap(() -> alone.logouts().claim(1, lease, now()), "sessions", 0);
    }

    @Test
    void aChangeOfPassword() {
        SessionProof[] shown = {proof(openSession("cookie"))};
        Secret[] hash = {Samples.HASH};
        assertCheap(
                () -> {
                    SessionProof before = shown[0];
                    Secret checked = hash[0];
                    shown[0] = new SessionProof(
                            before.id(), Digest.of(before.secret().value()));
                    hash[0] = Secret.of(checked.reveal() + "A");
                    return alone.sessions()
                            .changePassword("main", before, checked, hash[0], shown[0].secret(), now())
                            .map(Objects::requireNonNull);
                },
                "sessions",
                WEEKS);
    }

    @Test
    void aRefresh() {
        Grant[] grants = grants();
        int[] next = {0};
        assertCheap(() -> alone.grants().rotate(Samples.rotate(grants[next[0]++], 0), now()), "grants", 1);
        next[0] = 0;
        assertCheap(() -> alone.grants().rotate(Samples.rotate(grants[next[0]++], 0), now()), "grants", 1);
        next[0] = 0;
        assertCheap(() -> alone.grants().unrotate(new Unrotate("main", grants[next[0]++].id(), 9)), "grants", 1);
    }

    @Test
    void anIntrospection_andARevocation() {
        Grant[] grants = grants();
        int[] next = {0};
        assertCheap(() -> alone.grants().find(find(grants[next[0]++]), now()), "grants", 1);
        next[0] = 0;
        assertCheap(() -> alone.grants().revoke(revoke(grants[next[0]++]), now()), "grants", 1);
    }

    @Test
    void aLogin() {
        LoginName ada = new LoginName(LoginName.Kind.USERNAME, "ada");
        assertCheap(() -> alone.users().login("main", ada, "web"), "grants", 0);
        assertCheap(() -> alone.grants().open(Samples.grant("web"), now()), "grants", 1);
        assertCheap(() -> alone.clients().find("main", "web"), "grants", 0);
        Limit limit = new Limit(Digest.of("a"), Rate.parse("100/PT1M"));
        assertCheap(() -> alone.limits().reserve(List.of(limit), now()), "grants", 0);
        assertCheap(() -> alone.limits().take(limit, now()), "grants", 0);
    }

    @Test
    void aCode() {
        int[] next = {0};
        CodeOrder[] orders = new CodeOrder[OFTEN];
        for (int i = 0; i < OFTEN; i++) {
            orders[i] = order(Digest.of("jwt " + i));
        }
        assertCheap(() -> alone.codes().put(orders[next[0]++], now()), "spent", 1);
        next[0] = 0;
        assertCheap(() -> alone.codes().take(take(orders[next[0]++]), now()), "codes", 1);
        next[0] = 0;
        assertCheap(() -> alone.codes().take(take(orders[next[0]++]), now()), "grants", 1);
    }

    @Test
    void aOneTimeValue() {
        int[] next = {0};
        assertCheap(() -> alone.oneTimeValues().spend(value("jti " + next[0]++), now()), "spent", 1);
    }

    private Spend value(String jti) {
        return new Spend("main", Kind.DPOP_PROOF, "key", Digest.of(jti), now(), now().plusSeconds(60));
    }

    @Test
    void aCodeInASession_andItsGrant() {
        Session session = openSession("cookie");
        SessionCodeOrder[] orders = new SessionCodeOrder[OFTEN];
        for (int i = 0; i < OFTEN; i++) {
            orders[i] = SessionCodeSamples.order(session, "web", Consenting.GIVEN, now());
        }
        int[] next = {0};
        assertCheap(() -> alone.codes().put(orders[next[0]++], now()), "sessions", 1);
        next[0] = 0;
        Grant[] grants = new Grant[OFTEN];
        assertCheap(
                () -> alone.codes()
                        .take(SessionCodeSamples.take(orders[next[0]]), now())
                        .map(taken ->
                                grants[next[0]++] = CodeSamples.grant(((CodeResult.Redeemed) taken).code(), now())),
                "sessions",
                1);
        next[0] = 0;
        assertCheap(() -> alone.grants().open(grants[next[0]++], now()), "sessions", 0);
        next[0] = 0;
        assertCheap(() -> alone.grants().rotate(Samples.rotate(grants[next[0]++], 0), now()), "sessions", 1);
    }

    @Test
    void aDevice() {
        SessionProof session = proof(openSession("cookie"));
        DeviceRequest[] requests = new DeviceRequest[OFTEN];
        for (int i = 0; i < OFTEN; i++) {
            requests[i] = device("user code " + i);
        }
        int[] next = {0};
        assertCheap(() -> alone.devices().begin(requests[next[0]++], now()), "devices", 2);
        next[0] = 0;
        assertCheap(
                () -> alone.devices()
                        .find(Tenant.MAIN, requests[next[0]++].userCode(), now())
                        .map(Objects::requireNonNull),
                "devices",
                2);
        next[0] = 0;
        assertCheap(
                () -> alone.devices().poll(new Poll(Tenant.MAIN, "tv", requests[next[0]++].device()), now()),
                "devices",
                1);
        next[0] = 0;
        assertCheap(
                () -> alone.devices()
                        .decide(new Decide(Tenant.MAIN, session, requests[next[0]++].device(), true), now()),
                "sessions",
                1);
    }

    private DeviceRequest device(String userCode) {
        Instant end = now().plus(Duration.ofMinutes(10));
        return new DeviceRequest(
                Tenant.MAIN,
                "tv",
                CodeId.make(end).id(),
                Digest.of(userCode),
                Scope.EMPTY,
                null,
                Duration.ofSeconds(5),
                null,
                State.PENDING,
                now(),
                end);
    }

    @Test
    void aRefreshWithoutASession_looksForNone() {
        Grant[] grants = grants();
        int[] next = {0};
        assertCheap(() -> alone.grants().rotate(Samples.rotate(grants[next[0]++], 0), now()), "sessions", 0);
        next[0] = 0;
        assertCheap(() -> alone.grants().find(find(grants[next[0]++]), now()), "sessions", 0);
    }

    private static Take take(CodeOrder order) {
        return new Take(Tenant.MAIN, "web", order.id(), null, null);
    }

    @Test
    void theLog() {
        int[] next = {0};
        assertCheap(() -> alone.revocations().deny(denial("new " + next[0]++), now()), "grants", 0);
        assertCheap(() -> alone.revocations().read(new Read(3_990, 100), now()), "grants", 0);
        assertCheap(() -> alone.users().logOut(Tenant.MAIN, Samples.ADA, now()), "grants", 0);
    }

    private void assertCheap(Supplier<Future<?>> call, String partitioned, int partitions) {
        Map<String, Long> scans = counts("seq_scan");
        Map<String, Long> looks = counts("coalesce(idx_scan, 0)");
        for (int i = 0; i < OFTEN; i++) {
            Await.result(call.get());
        }
        Map<String, Long> scansAfter = counts("seq_scan");
        scansAfter.keySet().removeIf(table -> table.equals("denial_log"));
        assertThat(scansAfter)
                .allSatisfy(
                        (table, n) -> assertThat(n).as("scans of " + table).isEqualTo(scans.getOrDefault(table, 0L)));
        assertThat(counts("coalesce(idx_scan, 0)").entrySet())
                .filteredOn(entry -> entry.getKey().startsWith(partitioned + "_"))
                .filteredOn(entry -> entry.getValue() > looks.getOrDefault(entry.getKey(), 0L))
                .hasSize(partitions);
    }

    private Map<String, Long> counts(String what) {
        run("SELECT pg_stat_force_next_flush()");
        Map<String, Long> counts = new TreeMap<>();
        for (Row row : Await.result(server.get()
                .run("SELECT relname::text AS name, " + what + " AS n FROM pg_stat_user_tables", Tuple.tuple()))) {
            counts.put(row.getString("name"), row.getLong("n"));
        }
        return counts;
    }

    private void run(String sql) {
        Await.result(server.get().run(sql, Tuple.tuple()));
    }

    private Grant[] grants() {
        Grant[] grants = new Grant[OFTEN];
        for (int i = 0; i < OFTEN; i++) {
            grants[i] = openGrant();
        }
        return grants;
    }

    private static Find find(Grant grant) {
        return new Find(Tenant.MAIN, "web", grant.id(), Samples.FAMILY, Samples.secret(0));
    }

    private static Revoke revoke(Grant grant) {
        return new Revoke(Tenant.MAIN, "web", grant.id(), Samples.FAMILY);
    }

    private Denial denial(String key) {
        return new Denial(Tenant.MAIN, Denial.Kind.TOKEN, key, 0, "web", Denials.end(now()), "a grant");
    }
}
