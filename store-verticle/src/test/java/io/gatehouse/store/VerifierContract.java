package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Verifiers.Known;
import io.gatehouse.common.message.Verifiers.Live;
import io.gatehouse.common.message.Verifiers.Report;
import io.gatehouse.common.message.Verifiers.Standing;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class VerifierContract extends ContractCase {
    private static final Duration LEASE = Duration.ofSeconds(40);

    @Test
    void standing_withoutAnyVerifier_waitsForNobody() {
        assertThat(standing(3)).isEqualTo(new Standing(0, 0));
    }

    @Test
    void standing_countsThoseThatKnowAnOlderVersionOrNone() {
        report("one", new Known(Tenant.MAIN, 2));
        report("two", new Known(Tenant.MAIN, 3));
        report("three");
        report("four", new Known(OTHER_TENANT, 3));
        assertThat(standing(3)).isEqualTo(new Standing(4, 3));
        report("one", new Known(Tenant.MAIN, 4), new Known(OTHER_TENANT, 1));
        report("three", new Known(Tenant.MAIN, 3));
        report("four", new Known(Tenant.MAIN, 3));
        assertThat(standing(3)).isEqualTo(new Standing(4, 0));
    }

    @Test
    void whatWasSaid_staysSaid() {
        report("one", new Known(Tenant.MAIN, 5), new Known(Tenant.MAIN, 4));
        report("one", new Known(Tenant.MAIN, 2));
        report("one");
        assertThat(standing(5)).isEqualTo(new Standing(1, 0));
        assertThat(standing(6)).isEqualTo(new Standing(1, 1));
    }

    @Test
    void aLease_endsByItselfAndIsRenewed() {
        assertThat(report("one")).isFalse();
        forward(LEASE.minusSeconds(1));
        assertThat(report("one")).isTrue();
        forward(LEASE.minusMillis(1));
        assertThat(standing(1)).isEqualTo(new Standing(1, 1));
        forward(Duration.ofMillis(1));
        assertThat(standing(1)).isEqualTo(new Standing(0, 0));
        assertThat(report("one")).as("it was silent for too long").isFalse();
    }

    @Test
    void aLease_ofNothing_endsIt() {
        report("one");
        report("two");
        Await.result(store.verifiers().report(new Report("one", Duration.ZERO, List.of()), now()));
        assertThat(standing(1)).isEqualTo(new Standing(1, 1));
        assertThat(report("one")).isFalse();
    }

    @Test
    void aVerifierThatCameLater_hasNeverKnownTheOlderVersion() {
        Instant published = now();
        forward(Duration.ofSeconds(1));
        report("late");
        assertThat(standing(3, published)).isEqualTo(new Standing(1, 0));
        forward(Duration.ofSeconds(1));
        report("late");
        assertThat(standing(4, now())).isEqualTo(new Standing(1, 1));
    }

    @Test
    void aVerifierThatWasSilentForTooLong_isANewOne() {
        report("one", new Known(Tenant.MAIN, 1));
        Instant published = now();
        forward(Duration.ofHours(1));
        report("two");
        report("one");
        assertThat(standing(2, published)).isEqualTo(new Standing(2, 0));
    }

    @Test
    void reports_ofManyAtOnce_allCount() {
        List<Future<Boolean>> reports = IntStream.range(0, 32)
                .mapToObj(i -> store.verifiers()
                        .report(
                                new Report("verifier " + i % 8, LEASE, List.of(new Known("tenant " + i / 8, i))),
                                now()))
                .toList();
        assertThat(Await.results(reports)).hasSize(32);
        Live live = new Live("tenant 3", 24, now());
        assertThat(Await.result(store.verifiers().standing(live, now()))).isEqualTo(new Standing(8, 0));
    }

    private boolean report(String verifier, Known... known) {
        return Await.result(store.verifiers().report(new Report(verifier, LEASE, List.of(known)), now()));
    }

    private Standing standing(long version) {
        return standing(version, now());
    }

    private Standing standing(long version, Instant since) {
        return Await.result(store.verifiers().standing(new Live(Tenant.MAIN, version, since), now()));
    }
}
