package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Rotate;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.RotationResult.Kept;
import io.gatehouse.store.RotationResult.Refused;
import io.gatehouse.store.RotationResult.Replayed;
import io.gatehouse.store.RotationResult.Rotated;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class RotationContract extends ContractCase {
    private static final GrantTimes STRICT = Samples.times(Duration.ZERO);

    @Test
    void rotate_exchangesTheSecret() {
        Grant grant = openGrant();
        forward(Duration.ofDays(1));
        Standing standing = ((Rotated) rotate(grant, 0)).standing();
        assertThat(standing.grant().generation()).isEqualTo(1);
        assertThat(standing.grant().currentSecret()).isEqualTo(Samples.secret(1));
        assertThat(standing.grant().idleExpiresAt()).isEqualTo(now().plus(Duration.ofDays(14)));
        assertThat(standing.user().profile().subject()).isEqualTo(Samples.ADA);
        assertThat(standing.client().clientId()).isEqualTo("web");
        assertThat(((Rotated) rotate(grant, 1)).standing().grant().generation()).isEqualTo(2);
    }

    @Test
    void rotate_neverOutlivesTheGrant() {
        Grant grant = openGrant();
        for (int day = 0; day < 29; day++) {
            forward(Duration.ofDays(1));
            assertThat(rotate(grant, day)).isInstanceOf(Rotated.class);
        }
        forward(Duration.ofDays(1).minusMillis(1));
        assertThat(rotate(grant, 29)).isInstanceOf(Rotated.class);
        forward(Duration.ofMillis(1));
        assertThat(refusal(grant, 30)).isEqualTo(Refusal.EXPIRED);
    }

    @Test
    void rotate_refusesWhatWasIdleTooLong() {
        Grant grant = openGrant();
        forward(Duration.ofDays(14));
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.EXPIRED);
    }

    @Test
    void rotate_inParallelGivesOneSuccessor() {
        Grant grant = openGrant();
        List<RotationResult> results = Await.results(parallel(grant, 64));
        assertThat(results).filteredOn(Rotated.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Replayed.class::isInstance).hasSize(63).allSatisfy(result -> {
            Replayed replayed = (Replayed) result;
            assertThat(replayed.sealedSuccessor())
                    .isEqualTo(replayed.standing().grant().sealedSuccessor());
        });
        assertThat(results.stream()
                        .filter(Replayed.class::isInstance)
                        .map(result -> ((Replayed) result).sealedSuccessor())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void withoutAWindow_aClockBehindTheRotationsMakesNoReplay() {
        reopen(STRICT);
        Grant grant = openGrant();
        assertThat(rotate(grant, 0)).isInstanceOf(Rotated.class);
        Instant before = now().minusMillis(5);
        assertThat(Await.result(store.grants().rotate(Samples.rotate(grant, Samples.secret(0), 7), before)))
                .isInstanceOfSatisfying(
                        RotationResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.REUSED));
    }

    @Test
    void rotate_inParallelWithoutWindowEndsTheGrant() {
        reopen(STRICT);
        Grant grant = openGrant();
        List<RotationResult> results = Await.results(parallel(grant, 64));
        assertThat(results).filteredOn(Rotated.class::isInstance).hasSize(1);
        assertThat(reasons(results)).containsOnlyOnce(Refusal.REUSED).contains(Refusal.REVOKED);
        assertThat(log())
                .singleElement()
                .extracting(line -> line.denial().key())
                .isEqualTo(grant.id().gid());
    }

    @Test
    void replay_isAnsweredInTheWindowOnly() {
        Grant grant = openGrant();
        rotate(grant, 0);
        forward(Duration.ofSeconds(20));
        assertThat(((Replayed) rotate(grant, 0)).sealedSuccessor()).isEqualTo(Samples.sealed(1));
        forward(Duration.ofSeconds(10).minusMillis(1));
        assertThat(rotate(grant, 0)).as("a replay never extends the window").isInstanceOf(Replayed.class);
        forward(Duration.ofMillis(1));
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.REUSED);
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.REVOKED);
    }

    @Test
    void replay_isOverOnceTheSuccessorWasUsed() {
        Grant grant = openGrant();
        rotate(grant, 0);
        rotate(grant, 1);
        Refused refused = (Refused) rotate(grant, 0);
        assertThat(refused.reason()).isEqualTo(Refusal.REUSED);
        assertThat(refused.denials()).singleElement().satisfies(line -> {
            assertThat(line.denial().kind()).isEqualTo(Denial.Kind.GRANT);
            assertThat(line.denial().key()).isEqualTo(grant.id().gid());
            assertThat(line.denial().expiresAt()).isEqualTo(now().plus(Duration.ofMinutes(61)));
        });
        assertThat(refusal(grant, 2)).isEqualTo(Refusal.REVOKED);
    }

    @Test
    void rotate_byAStrangerChangesNothing() {
        Grant grant = openGrant(Samples.grant(Tenant.MAIN, "web", Samples.ADA, "thumbprint"));
        Rotate right = Samples.rotate(grant, 0);
        Digest x = Digest.of("x");
        GrantId elsewhere = GrantId.expiring(grant.expiresAt());
        List<Rotate> wrong = List.of(
                copy(right, OTHER_TENANT, "web", grant.id(), Samples.FAMILY, right.presented(), "thumbprint"),
                copy(right, Tenant.MAIN, "app", grant.id(), Samples.FAMILY, right.presented(), "thumbprint"),
                copy(right, Tenant.MAIN, "app", grant.id(), Samples.FAMILY, x, "thumbprint"),
                copy(right, Tenant.MAIN, "web", elsewhere, Samples.FAMILY, right.presented(), "thumbprint"),
                copy(right, Tenant.MAIN, "web", grant.id(), x, right.presented(), "thumbprint"),
                copy(right, Tenant.MAIN, "web", grant.id(), x, x, "thumbprint"),
                copy(right, Tenant.MAIN, "web", grant.id(), Samples.FAMILY, right.presented(), "foreign"),
                copy(right, Tenant.MAIN, "web", grant.id(), Samples.FAMILY, x, null));
        for (Rotate request : wrong) {
            assertThat(Await.result(store.grants().rotate(request, now())))
                    .isEqualTo(new Refused(Refusal.UNKNOWN, List.of()));
        }
        assertThat(log()).isEmpty();
        assertThat(rotate(grant, 0)).isInstanceOf(Rotated.class);
    }

    @Test
    void rotate_withASecretThatNeverWasIsReuse() {
        Grant grant = openGrant();
        assertThat(refusal(grant, 7)).isEqualTo(Refusal.REUSED);
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.REVOKED);
    }

    @Test
    void rotate_refusesALoggedOutSubject() {
        Grant grant = openGrant();
        rotate(grant, 0);
        Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.SUBJECT_REFUSED);
        assertThat(refusal(grant, 0)).as("a replay too").isEqualTo(Refusal.SUBJECT_REFUSED);
    }

    @Test
    void rotate_refusesAUserWhoIsNotActive() {
        Grant grant = openGrant();
        Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.SUSPENDED, now()));
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.SUBJECT_REFUSED);
        Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.ACTIVE, now()));
        assertThat(refusal(grant, 0)).as("what was given before stays refused").isEqualTo(Refusal.SUBJECT_REFUSED);
    }

    @Test
    void rotate_refusesADisabledClient() {
        Grant grant = openGrant();
        Await.result(store.clients().disable(Tenant.MAIN, "web", now()));
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.CLIENT_REFUSED);
    }

    @Test
    void rotate_keepsTheSecretOfAClientThatDoesNotRotate() {
        Await.result(store.clients().declare(Samples.client(Tenant.MAIN, "fapi", false)));
        Grant grant = openGrant(Samples.grant("fapi"));
        forward(Duration.ofDays(1));
        Standing standing = ((Kept) rotate(grant, 0)).standing();
        assertThat(standing.grant().currentSecret()).isEqualTo(Samples.secret(0));
        assertThat(standing.grant().idleExpiresAt()).isEqualTo(now().plus(Duration.ofDays(14)));
        assertThat(rotate(grant, 0)).isInstanceOf(Kept.class);
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.REUSED);
    }

    @Test
    void unrotate_givesThePresentedSecretBack() {
        Grant grant = openGrant();
        rotate(grant, 0);
        assertThat(unrotate(grant, 1)).isTrue();
        assertThat(unrotate(grant, 1)).isFalse();
        assertThat(rotate(grant, 0)).isInstanceOf(Rotated.class);
    }

    @Test
    void unrotate_doesNothingOnceTheSuccessorIsOut() {
        Grant replayed = openGrant();
        rotate(replayed, 0);
        rotate(replayed, 0);
        assertThat(unrotate(replayed, 1)).isFalse();
        Grant used = openGrant();
        rotate(used, 0);
        rotate(used, 1);
        assertThat(unrotate(used, 1)).isFalse();
        assertThat(rotate(used, 2)).isInstanceOf(Rotated.class);
        assertThat(unrotate(Samples.grant("web"), 0)).isFalse();
    }

    @Test
    void unrotate_neverRevives() {
        Grant grant = openGrant();
        rotate(grant, 0);
        assertThat(refusal(grant, 9)).isEqualTo(Refusal.REUSED);
        assertThat(unrotate(grant, 1)).isFalse();
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.REVOKED);
    }

    private List<Future<RotationResult>> parallel(Grant grant, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> store.grants().rotate(Samples.rotate(grant, Samples.secret(0), 1000 + i), now()))
                .toList();
    }

    private static List<Refusal> reasons(List<RotationResult> results) {
        return results.stream()
                .filter(Refused.class::isInstance)
                .map(result -> ((Refused) result).reason())
                .toList();
    }

    private boolean unrotate(Grant grant, long generation) {
        return Await.result(store.grants().unrotate(new Unrotate(grant.tenant(), grant.id(), generation)));
    }

    private static Rotate copy(
            Rotate right,
            String tenant,
            String clientId,
            GrantId grant,
            Digest family,
            Digest presented,
            String confirmation) {
        return new Rotate(
                tenant, clientId, grant, family, presented, right.successor(), right.sealedSuccessor(), confirmation);
    }
}
