package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.message.Logouts.Report;
import io.gatehouse.common.model.Session;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class LogoutContract extends SessionCase {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Test
    void claim_givesToOneAskerUntilTheLeaseIsOver() {
        Session session = ended();
        PendingLogout logout = claimOne();
        assertThat(logout.session()).isEqualTo(session.id());
        assertThat(logout.tries()).isZero();
        assertThat(logout.expiresAt()).isEqualTo(now().plus(Logouts.PATIENCE));
        forward(LEASE.minusMillis(1));
        assertThat(claim()).isEmpty();
        forward(Duration.ofMillis(1));
        assertThat(claimOne().id()).isEqualTo(logout.id());
        reopen(Samples.TIMES);
        assertThat(claim()).isEmpty();
        forward(LEASE);
        assertThat(claimOne().id()).isEqualTo(logout.id());
    }

    @Test
    void claim_inParallel_givesEachOnce() {
        IntStream.range(0, 40).forEach(i -> ended());
        List<Future<List<PendingLogout>>> claims = IntStream.range(0, 32)
                .mapToObj(i -> store.logouts().claim(3, now().plus(LEASE), now()))
                .toList();
        List<PendingLogout> claimed =
                Await.results(claims).stream().flatMap(List::stream).toList();
        assertThat(claimed).extracting(PendingLogout::id).doesNotHaveDuplicates();
        assertThat(claimed.size() + claim().size()).isEqualTo(40);
    }

    @Test
    void claim_givesSoManyAsAreWanted() {
        IntStream.range(0, 5).forEach(i -> ended());
        assertThat(Await.result(store.logouts().claim(0, now().plus(LEASE), now())))
                .isEmpty();
        assertThat(Await.result(store.logouts().claim(2, now().plus(LEASE), now())))
                .hasSize(2);
        assertThat(claim()).hasSize(3);
    }

    @Test
    void report_ofADelivery_removesIt() {
        ended();
        PendingLogout logout = claimOne();
        report(logout, true);
        report(logout, true);
        forward(LEASE);
        assertThat(claim()).isEmpty();
    }

    @Test
    void report_ofAFailure_waitsLongerEachTime() {
        ended();
        for (long seconds : new long[] {10, 40, 160, 640}) {
            report(claimOne(), false);
            forward(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(claim()).as("before %s s", seconds).isEmpty();
            forward(Duration.ofMillis(1));
        }
        PendingLogout last = claimOne();
        assertThat(last.tries()).isEqualTo(Logouts.TRIES - 1);
        report(last, false);
        forward(LEASE);
        assertThat(claim()).as("it was tried often enough").isEmpty();
    }

    @Test
    void claim_forgetsWhatNobodyDelivered() {
        ended();
        forward(Logouts.PATIENCE.minusMillis(1));
        assertThat(claim()).hasSize(1);
        ended();
        forward(Logouts.PATIENCE);
        assertThat(claim()).isEmpty();
    }

    /** A session of Ada's that {@code web} listens to, and its end. */
    private Session ended() {
        Session session = begin(Samples.ADA);
        written(SessionWish.of(session).listening());
        assertThat(end(session)).isNotNull();
        return session;
    }

    private PendingLogout claimOne() {
        List<PendingLogout> claimed = claim();
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    private void report(PendingLogout logout, boolean done) {
        Await.result(store.logouts().report(new Report(logout.tenant(), logout.id(), done, logout.tries()), now()));
    }
}
