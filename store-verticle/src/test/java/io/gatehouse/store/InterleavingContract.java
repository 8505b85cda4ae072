package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.store.RotationResult.Rotated;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many at once, in orders nobody chose. */
abstract class InterleavingContract extends ContractCase {
    private static final int ROUNDS = 200;

    @Test
    void aGrant_neverComesBackAndNeverForks() {
        Random random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            Await.result(store.users().declare(user(round), null));
            Grant grant = openGrant(Samples.grant(Tenant.MAIN, "web", subject(round), null));
            List<Future<?>> calls = new ArrayList<>();
            List<Future<RotationResult>> rotations = new ArrayList<>();
            for (int call = 0; call < 12; call++) {
                calls.add(oneOf(random.nextInt(100), grant, round * 100 + call, rotations));
            }
            calls.forEach(Await::result);
            assertConsistent(grant, rotations);
        }
    }

    /** Mostly rotations of the first secret, sometimes what ends or undoes them. */
    private Future<?> oneOf(int chance, Grant grant, int successor, List<Future<RotationResult>> rotations) {
        if (chance < 5) {
            return store.grants().revoke(new Revoke(grant.tenant(), "web", grant.id(), Samples.FAMILY), now());
        }
        if (chance < 8) {
            return store.users().logOut(grant.tenant(), grant.subject(), now());
        }
        if (chance < 25) {
            return store.grants().unrotate(new Unrotate(grant.tenant(), grant.id(), 1));
        }
        Future<RotationResult> rotation =
                store.grants().rotate(Samples.rotate(grant, Samples.secret(0), successor), now());
        rotations.add(rotation);
        return rotation;
    }

    private void assertConsistent(Grant grant, List<Future<RotationResult>> calls) {
        List<Grant> successors = Await.results(calls).stream()
                .filter(Rotated.class::isInstance)
                .map(result -> ((Rotated) result).standing().grant())
                .toList();
        assertThat(successors)
                .as("one successor, and one more for each undoing")
                .hasSizeLessThanOrEqualTo(2);
        assertThat(successors).extracting(Grant::generation).doesNotHaveDuplicates();
        boolean alive = successors.stream()
                .anyMatch(next -> Await.result(
                                store.grants().rotate(Samples.rotate(grant, next.currentSecret(), 1_000_000), now()))
                        instanceof Rotated);
        boolean denied = log(grant);
        assertThat(alive && denied).as("alive and denied").isFalse();
    }

    private boolean log(Grant grant) {
        return Await.result(store.revocations().read(new Read(0, 5000), now())).denials().stream()
                .map(line -> line.denial().key())
                .anyMatch(key ->
                        key.equals(grant.subject()) || key.equals(grant.id().gid()));
    }

    @Test
    void denials_areNumberedInTheOrderOfCommits() {
        List<Future<List<SequencedDenial>>> writes = new ArrayList<>();
        List<Long> heads = new ArrayList<>();
        List<SequencedDenial> read = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Grant grant = Samples.grant("web");
            writes.add(store.revocations().deny(Denials.of(grant, now()), now()));
            if (i % 10 == 0) {
                long after = heads.isEmpty() ? 0 : heads.getLast();
                var page = Await.result(store.revocations().read(new Read(after, 1000), now()));
                read.addAll(page.denials());
                heads.add(page.upTo());
            }
        }
        List<Long> written = Await.results(writes).stream()
                .map(lines -> lines.getFirst().sequence())
                .toList();
        assertThat(written)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, ROUNDS).boxed().toList());
        read.addAll(Await.result(store.revocations().read(new Read(heads.getLast(), 1000), now()))
                .denials());
        assertThat(read)
                .as("a reader skips nothing")
                .extracting(SequencedDenial::sequence)
                .isEqualTo(LongStream.rangeClosed(1, ROUNDS).boxed().toList());
    }

    private static String subject(int round) {
        return "33333333-3333-4333-8333-%012d".formatted(round);
    }

    private static UserProfile user(int round) {
        return Samples.user(Tenant.MAIN, subject(round), "user" + round, null, null, null);
    }
}
