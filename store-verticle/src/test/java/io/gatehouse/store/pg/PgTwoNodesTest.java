package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Grants.Outcome;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Revoked;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeSamples;
import io.gatehouse.store.Opening;
import io.gatehouse.store.PushedRequest;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.RotationResult.Refused;
import io.gatehouse.store.RotationResult.Replayed;
import io.gatehouse.store.RotationResult.Rotated;
import io.gatehouse.store.Samples;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One database, two nodes, and nobody who arranges whose statement comes first. */
class PgTwoNodesTest extends PgCase {
    private static final int MANY = 200;

    private List<PgStore> both;

    @BeforeEach
    void openSecondNode() {
        both = List.of(store, node(Samples.TIMES, server -> server));
    }

    @Test
    void take_hasOneWinner_andWhatItGaveIsDead() {
        CodeOrder order = put();
        List<CodeResult> results = everywhere(node -> node.codes().take(take(order), now()));
        assertThat(results).filteredOn(CodeResult.Redeemed.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(CodeResult.Refused.class::isInstance)
                .extracting(result -> ((CodeResult.Refused) result).reason())
                .hasSize(MANY - 1)
                .containsOnly(TakeRefusal.REPLAYED);
        Grant grant = grant(order);
        assertThat(Await.result(store.grants().open(grant, now()))).isEqualTo(Opening.OPENED);
        assertThat(reason(grant, 0)).isEqualTo(Refusal.REVOKED);
        assertThat(log()).as("denied once").hasSize(1);
    }

    @Test
    void rotate_hasOneWinner_andOneSuccessor() {
        Grant grant = openGrant();
        List<RotationResult> results = everywhere(
                (node, i) -> node.grants().rotate(Samples.rotate(grant, Samples.secret(0), 1000 + i), now()));
        assertThat(results).filteredOn(Rotated.class::isInstance).hasSize(1);
        List<Bytes> successors = results.stream()
                .filter(Replayed.class::isInstance)
                .map(result -> ((Replayed) result).sealedSuccessor())
                .toList();
        assertThat(successors).hasSize(MANY - 1);
        assertThat(successors.stream().distinct()).hasSize(1);
    }

    /** Nor does any statement that changes the user: one that waited would be given up. */
    @Test
    void open_waitsForNoOtherLoginOfTheSameUser() {
        Link other =
                Await.result(Connector.to(config(uri).postgres(), vertx).compose(connector -> connector.connect()));
        Await.result(other.script("BEGIN; UPDATE users SET last_login_at = 1"));

        Grant grant = openGrant();
        Await.result(other.script("COMMIT").compose(done -> other.close()));

        assertThat(reason(grant, 0)).as("it stands").isNull();
    }

    @Test
    void revoke_deniesOnce() {
        Grant grant = openGrant();
        List<Revoked> results = everywhere(node -> node.grants().revoke(revoke(grant), now()));
        assertThat(results).extracting(Revoked::outcome).containsOnly(Outcome.REVOKED);
        assertThat(results).filteredOn(revoked -> !revoked.denials().isEmpty()).hasSize(1);
        assertThat(log()).hasSize(1);
    }

    @Test
    void open_andTheReplayOfItsCode_endDeadInAnyOrder() {
        for (int round = 0; round < 60; round++) {
            CodeOrder order = put();
            assertThat(Await.result(store.codes().take(take(order), now()))).isInstanceOf(CodeResult.Redeemed.class);
            Grant grant = grant(order);
            PgStore one = both.get(round % 2);
            Future<CodeResult> replay = both.get(1 - round % 2).codes().take(take(order), now());
            Future<Opening> opening = one.grants().open(grant, now());
            assertThat(((CodeResult.Refused) Await.result(replay)).denials()).hasSize(1);
            assertThat(Await.result(opening)).isEqualTo(Opening.OPENED);
            assertThat(reason(grant, 0)).isEqualTo(Refusal.REVOKED);
        }
    }

    @Test
    void aRevokedGrant_neverComesBack_whateverHappensAtOnce() {
        for (long seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            Grant grant = openGrant();
            List<Future<?>> calls = new ArrayList<>();
            List<Future<RotationResult>> rotations = new ArrayList<>();
            for (int call = 0; call < 16; call++) {
                calls.add(any(both.get(random.nextInt(2)), random.nextInt(100), grant, call, rotations));
            }
            calls.forEach(Await::result);
            assertOneHistory(grant, rotations);
        }
    }

    @Test
    void take_ofAPushedRequest_hasOneWinner() {
        CodeId id = CodeId.make(now().plusSeconds(90)).id();
        PushedRequest pushed = new PushedRequest(Tenant.MAIN, "web", id, "state=1", now().plusSeconds(90));
        Await.result(both.get(0).pushedRequests().push(pushed, now()));
        PushedRequests.Take take = new PushedRequests.Take(Tenant.MAIN, "web", id);
        assertThat(everywhere(node -> node.pushedRequests().take(take, now())))
                .filteredOn(taken -> taken)
                .hasSize(1);
    }

    private Future<?> any(
            PgStore node, int chance, Grant grant, int successor, List<Future<RotationResult>> rotations) {
        if (chance < 8) {
            return node.grants().revoke(revoke(grant), now());
        }
        if (chance < 25) {
            return node.grants().unrotate(new Unrotate(grant.tenant(), grant.id(), 1));
        }
        int presented = chance < 35 ? 100 : 0;
        Future<RotationResult> rotation =
                node.grants().rotate(Samples.rotate(grant, Samples.secret(presented), 100 + successor), now());
        rotations.add(rotation);
        return rotation;
    }

    private void assertOneHistory(Grant grant, List<Future<RotationResult>> calls) {
        List<RotationResult> results = Await.results(calls);
        List<Grant> successors = results.stream()
                .filter(Rotated.class::isInstance)
                .map(result -> ((Rotated) result).standing().grant())
                .toList();
        assertThat(successors).extracting(Grant::generation).doesNotHaveDuplicates();
        boolean denied = log().stream()
                .anyMatch(line -> line.denial().key().equals(grant.id().gid()));
        boolean dead = row(
                        "SELECT revoked_at IS NOT NULL FROM grants WHERE id = $1",
                        Cells.of(grant.id().value()))
                .getBoolean(0);
        assertThat(dead).as("dead as denied").isEqualTo(denied);
        boolean alive = successors.stream()
                .anyMatch(next ->
                        Await.result(store.grants().rotate(Samples.rotate(grant, next.currentSecret(), 9_999), now()))
                                instanceof Rotated);
        assertThat(alive && denied).as("alive and denied").isFalse();
    }

    private <T> List<T> everywhere(Function<PgStore, Future<T>> call) {
        return everywhere((node, i) -> call.apply(node));
    }

    private interface Call<T> {
        Future<T> on(PgStore node, int i);
    }

    private <T> List<T> everywhere(Call<T> call) {
        return Await.results(IntStream.range(0, MANY)
                .mapToObj(i -> call.on(both.get(i % 2), i))
                .toList());
    }

    private Refusal reason(Grant grant, int generation) {
        RotationResult result = Await.result(store.grants().rotate(Samples.rotate(grant, generation), now()));
        return result instanceof Refused refused ? refused.reason() : null;
    }

    private static Revoke revoke(Grant grant) {
        return new Revoke(grant.tenant(), "web", grant.id(), Samples.FAMILY);
    }

    private CodeOrder put() {
        CodeOrder order = order(null);
        assertThat(Await.result(store.codes().put(order, now()))).isNull();
        return order;
    }

    private static Take take(CodeOrder order) {
        return new Take(Tenant.MAIN, "web", order.id(), null, null);
    }

    /** The grant that whoever took the code writes. */
    private Grant grant(CodeOrder order) {
        AuthorizationCode code =
                order.code(Await.result(store.users().find(Tenant.MAIN, Samples.ADA)), Samples.client("web"), now());
        return CodeSamples.grant(code, now());
    }
}
