package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.Samples;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The log of denials: its bounds, and its order with several nodes. */
class PgLogTest extends PgCase {
    @Test
    void readers_skipNothing_whileTwoNodesAppend() {
        PgStore other = node(Samples.TIMES, server -> server);
        int lines = 600;
        List<Future<List<SequencedDenial>>> writes = new ArrayList<>();
        TreeSet<Long> seen = new TreeSet<>();
        long upTo = 0;
        for (int i = 0; i < lines; i++) {
            Denial denial = denial(i % 3 == 0 ? Kind.SESSION : Kind.TOKEN, "key " + i, "client " + i % 7, null);
            writes.add((i % 2 == 0 ? store : other).revocations().deny(denial, now()));
            if (i % 5 == 0) {
                upTo = readOn(i % 10 == 0 ? store : other, upTo, seen);
            }
        }
        Await.results(writes);
        assertThat(seen.size())
                .as("what was read while others wrote, without gaps")
                .isEqualTo((int) upTo);
        readOn(store, upTo, seen);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, lines).boxed().toList());
    }

    private long readOn(PgStore node, long after, TreeSet<Long> seen) {
        Page page = Await.result(node.revocations().read(new Read(after, 5_000), now()));
        page.denials().forEach(line -> assertThat(seen.add(line.sequence())).isTrue());
        return page.upTo();
    }

    @Test
    void aFloodOfOneClients_foldsIntoItsEpoch() {
        bound(20, 5);
        deny("app", Kind.TOKEN, "of another");
        for (int i = 0; i < 5; i++) {
            deny("web", i % 2 == 0 ? Kind.TOKEN : Kind.GRANT, "key " + i);
        }
        SequencedDenial fold = deny("web", Kind.TOKEN, "one too many");
        assertThat(fold.denial().kind()).isEqualTo(Kind.CLIENT);
        assertThat(fold.denial().key()).isEqualTo("web");
        assertThat(fold.denial().epoch()).isEqualTo(1);
        assertThat(fold.sequence()).isEqualTo(7);
        assertThat(Await.result(store.clients().find(Tenant.MAIN, "web")).epoch())
                .isEqualTo(1);
        assertThat(log()).extracting(line -> line.denial().key()).containsExactly("of another", "web");
        deny("web", Kind.TOKEN, "from the start");
        assertThat(log()).hasSize(3);
        assertCounted();
    }

    /** No user can make more than one of a client: they are nobody's flood. */
    @Test
    void consents_areNotCounted_andGoWithTheirClients() {
        bound(20, 5);
        for (int i = 0; i < 8; i++) {
            assertThat(deny("web", Kind.CONSENT, "subject " + i).denial().kind())
                    .isEqualTo(Kind.CONSENT);
        }
        assertCounted();
        for (int i = 0; i < 5; i++) {
            assertThat(deny("web", Kind.TOKEN, "key " + i).denial().kind()).isEqualTo(Kind.TOKEN);
        }
        assertThat(deny("web", Kind.TOKEN, "one too many").denial().kind()).isEqualTo(Kind.CLIENT);
        assertThat(log()).extracting(line -> line.denial().kind()).containsExactly(Kind.CLIENT);
        assertCounted();
    }

    @Test
    void aFlood_ofAPublicClientEndsNobodyElsesTokens() {
        bound(20, 5);
        for (int i = 0; i < 5; i++) {
            deny("gatehouse.login", Kind.TOKEN, "key " + i);
        }
        assertThat(refusal("gatehouse.login", Kind.TOKEN, "more")).isInstanceOf(Throttled.class);
        assertThat(deny("gatehouse.login", Kind.GRANT, "a betrayed grant")
                        .denial()
                        .kind())
                .isEqualTo(Kind.GRANT);
        assertCounted();
    }

    @Test
    void manyTokens_ofOneGrantDenyTheGrant() {
        for (int i = 0; i < 32; i++) {
            assertThat(denyOfGrant("key " + i).kind()).isEqualTo(Kind.TOKEN);
        }
        Denial grant = denyOfGrant("one too many");
        assertThat(grant.kind()).isEqualTo(Kind.GRANT);
        assertThat(grant.key()).isEqualTo("gid");
        assertThat(denyOfGrant("and more")).isEqualTo(grant);
        assertThat(log()).hasSize(33);
        assertCounted();
    }

    @Test
    void aFullLog_foldsWhoAddsToIt_orRefusesRatherThanForgets() {
        bound(20, 5);
        deny("web", Kind.TOKEN, "one");
        for (int i = 0; i < 19; i++) {
            deny("", Kind.SUBJECT, "subject " + i);
        }
        assertThat(deny("web", Kind.TOKEN, "two").denial().kind()).isEqualTo(Kind.CLIENT);
        assertThat(log()).hasSize(20);
        assertThat(refusal("", Kind.SUBJECT, "one more")).isEqualTo(new Unavailable("revocation log"));
        assertThat(refusal("web", Kind.TOKEN, "one more")).isEqualTo(new Unavailable("revocation log"));
        assertThat(deny("", Kind.SUBJECT, "subject 3").sequence())
                .as("what is there is not new")
                .isEqualTo(5);
    }

    @Test
    void everythingAtOnce_neitherDeadlocksNorMiscounts() {
        bound(60, 12);
        PgStore other = node(Samples.TIMES, server -> server);
        Random random = new Random(7);
        for (int i = 0; i < 3; i++) {
            Await.result(store.clients().declare(Samples.client("client " + i)));
        }
        for (int round = 0; round < 12; round++) {
            List<Future<?>> calls = IntStream.range(0, 60)
                    .mapToObj(i -> random.nextBoolean() ? store : other)
                    .<Future<?>>map(node -> any(node, random))
                    .toList();
            calls.forEach(PgLogTest::succeedsOrIsRefused);
            clock.forward(Duration.ofMinutes(20));
        }
        assertCounted();
        assertThat(number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isZero();
    }

    private Future<?> any(PgStore node, Random random) {
        String client = "client " + random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0 -> node.clients().disable(Tenant.MAIN, client, now());
            case 1 -> node.users().logOut(Tenant.MAIN, Samples.ADA, now());
            case 2 -> node.sweep().round();
            case 3 -> node.revocations().deny(denial(Kind.SESSION, "sid " + random.nextInt(5), client, null), now());
            case 4, 5 -> node.revocations().deny(denial(Kind.GRANT, "gid " + random.nextInt(9), client, null), now());
            default ->
                node.revocations()
                        .deny(
                                denial(Kind.TOKEN, "jti " + random.nextInt(40), client, "gid " + random.nextInt(2)),
                                now());
        };
    }

    private static void succeedsOrIsRefused(Future<?> call) {
        try {
            Await.result(call);
        } catch (OAuthFailure refused) {
            assertThat(refused.error()).isEqualTo(new Unavailable("revocation log"));
        }
    }

    private void assertCounted() {
        assertThat(number("SELECT lines FROM denial_log")).isEqualTo(number("SELECT count(*) FROM denials"));
        assertThat(rows("""
                SELECT tenant, client, gid, sum(n) FROM (
                    SELECT tenant, client, gid, -lines AS n FROM denial_counts
                    UNION ALL SELECT tenant, client, '', 1 FROM denials WHERE kind IN ('TOKEN', 'GRANT')
                    UNION ALL SELECT tenant, client, gid, 1 FROM denials WHERE gid IS NOT NULL
                ) x GROUP BY tenant, client, gid HAVING sum(n) <> 0""")).isEmpty();
    }

    private void bound(int lines, int linesOfClient) {
        rows("UPDATE denial_log SET most = $1, most_of_client = $2", (long) lines, (long) linesOfClient);
    }

    private Denial denyOfGrant(String key) {
        return Await.result(store.revocations().deny(denial(Kind.TOKEN, key, "web", "gid"), now()))
                .getFirst()
                .denial();
    }

    private SequencedDenial deny(String clientId, Kind kind, String key) {
        return Await.result(store.revocations().deny(denial(kind, key, clientId, null), now()))
                .getFirst();
    }

    private OAuthError refusal(String clientId, Kind kind, String key) {
        return Await.error(store.revocations().deny(denial(kind, key, clientId, null), now()));
    }

    private Denial denial(Kind kind, String key, String clientId, @Nullable String gid) {
        return new Denial(Tenant.MAIN, kind, key, 0, clientId, now().plus(Duration.ofMinutes(10)), gid);
    }
}
