package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Outcome;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Revoked;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class GrantContract extends ContractCase {
    @Test
    void open_writesTheGrantAndTheLogin() {
        forward(Duration.ofSeconds(5));
        Grant grant = openGrant();
        assertThat(find(grant, 0)).isEqualTo(grant);
        assertThat(Await.result(store.users().find(Tenant.MAIN, Samples.ADA))
                        .profile()
                        .lastLoginAt())
                .isEqualTo(now());
    }

    @Test
    void open_keepsInstantsExactly() {
        forward(Duration.ofNanos(123_456_789));
        Grant sample = Samples.grant("web");
        Grant grant = sample.used(sample.idleExpiresAt().plusNanos(987_654_321));
        openGrant(grant);
        assertThat(find(grant, 0)).isEqualTo(grant);
        RotationResult.Rotated rotated = (RotationResult.Rotated) rotate(grant, 0);
        assertThat(rotated.standing().grant().rotatedAt()).isEqualTo(now());
        forward(Samples.TIMES.replayWindow().minusNanos(1));
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Replayed.class);
        forward(Duration.ofNanos(1));
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.REUSED);
    }

    @Test
    void open_happensOnce() {
        Grant grant = Samples.grant("web");
        List<Future<Opening>> openings = IntStream.range(0, 32)
                .mapToObj(i -> store.grants().open(grant, now()))
                .toList();
        assertThat(Await.results(openings)).containsOnlyOnce(Opening.OPENED).contains(Opening.EXISTS);
    }

    @Test
    void open_refusesASubjectThatWasRefusedMeanwhile() {
        assertThat(opening(Samples.grant(Tenant.MAIN, "web", Samples.BOB, null)))
                .isEqualTo(Opening.SUBJECT_REFUSED);
        Grant stale = Samples.grant("web");
        Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(opening(stale)).isEqualTo(Opening.SUBJECT_REFUSED);
        assertThat(refusal(stale, 0)).isEqualTo(Refusal.UNKNOWN);
    }

    @Test
    void open_refusesAUserWhoIsNotActive() {
        Await.result(store.users().declare(Samples.bob(), null));
        Await.result(store.users().setState(Tenant.MAIN, Samples.BOB, UserState.BLOCKED, now()));
        assertThat(opening(Samples.grant(Tenant.MAIN, "web", Samples.BOB, null)))
                .isEqualTo(Opening.SUBJECT_REFUSED);
    }

    @Test
    void open_refusesAClientThatWasRefusedMeanwhile() {
        assertThat(opening(Samples.grant("nobody"))).isEqualTo(Opening.CLIENT_REFUSED);
        Await.result(store.clients().disable(Tenant.MAIN, "web", now()));
        assertThat(opening(Samples.grant("web"))).isEqualTo(Opening.CLIENT_REFUSED);
    }

    @Test
    void find_showsAGrantToItsOwnClientAndSecretOnly() {
        Grant grant = openGrant();
        Find right = new Find(Tenant.MAIN, "web", grant.id(), Samples.FAMILY, Samples.secret(0));
        assertThat(found(right)).isEqualTo(grant);
        assertThat(found(new Find(OTHER_TENANT, "web", grant.id(), Samples.FAMILY, Samples.secret(0))))
                .isNull();
        assertThat(found(new Find(Tenant.MAIN, "app", grant.id(), Samples.FAMILY, Samples.secret(0))))
                .isNull();
        assertThat(found(new Find(Tenant.MAIN, "web", grant.id(), Digest.of("x"), Samples.secret(0))))
                .isNull();
        assertThat(found(new Find(Tenant.MAIN, "web", grant.id(), Samples.FAMILY, Samples.secret(1))))
                .isNull();
        GrantId other = GrantId.expiring(grant.expiresAt());
        assertThat(found(new Find(Tenant.MAIN, "web", other, Samples.FAMILY, Samples.secret(0))))
                .isNull();
    }

    @Test
    void find_showsNothingThatCouldNotRefresh() {
        Grant grant = openGrant();
        Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(find(grant, 0)).isNull();
    }

    @Test
    void find_showsNothingThatExpired() {
        Grant grant = openGrant();
        forward(Duration.ofDays(14).minusMillis(1));
        assertThat(find(grant, 0)).isEqualTo(grant);
        forward(Duration.ofMillis(1));
        assertThat(find(grant, 0)).isNull();
    }

    @Test
    void revoke_endsTheGrantAndDeniesItsTokens() {
        Grant grant = openGrant();
        Revoked revoked = revoke(grant, "web", Samples.FAMILY);
        assertThat(revoked.outcome()).isEqualTo(Outcome.REVOKED);
        assertThat(revoked.denials()).singleElement().satisfies(line -> {
            assertThat(line.denial().kind()).isEqualTo(Denial.Kind.GRANT);
            assertThat(line.denial().key()).isEqualTo(grant.id().gid());
            assertThat(line.denial().clientId()).isEqualTo("web");
        });
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.REVOKED);
        assertThat(find(grant, 0)).isNull();
        assertThat(revoke(grant, "web", Samples.FAMILY)).isEqualTo(new Revoked(Outcome.REVOKED, List.of()));
    }

    @Test
    void revoke_isForTheGrantsOwnClient() {
        Grant grant = openGrant();
        assertThat(revoke(grant, "app", Samples.FAMILY).outcome()).isEqualTo(Outcome.FOREIGN);
        assertThat(revoke(grant, "web", Digest.of("x")).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(revoke(Samples.grant("web"), "web", Samples.FAMILY).outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(log()).isEmpty();
        assertThat(find(grant, 0)).isEqualTo(grant);
    }

    @Test
    void revoke_takesAnyGenerationOfTheFamily() {
        Grant grant = openGrant();
        rotate(grant, 0);
        assertThat(revoke(grant, "web", Samples.FAMILY).outcome()).isEqualTo(Outcome.REVOKED);
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.REVOKED);
    }

    @Test
    void restart_keepsGrants() {
        Grant grant = openGrant();
        Grant revoked = openGrant();
        rotate(grant, 0);
        revoke(revoked, "web", Samples.FAMILY);
        reopen(Samples.TIMES);
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Replayed.class);
        assertThat(rotate(grant, 1)).isInstanceOf(RotationResult.Rotated.class);
        assertThat(refusal(revoked, 0)).isEqualTo(Refusal.REVOKED);
    }

    private Opening opening(Grant grant) {
        return Await.result(store.grants().open(grant, now()));
    }

    private Revoked revoke(Grant grant, String clientId, Digest family) {
        return Await.result(store.grants().revoke(new Revoke(grant.tenant(), clientId, grant.id(), family), now()));
    }

    private Grant find(Grant grant, int generation) {
        return found(
                new Find(grant.tenant(), grant.clientId(), grant.id(), Samples.FAMILY, Samples.secret(generation)));
    }

    private Grant found(Find request) {
        return Await.result(store.grants().find(request, now()));
    }
}
