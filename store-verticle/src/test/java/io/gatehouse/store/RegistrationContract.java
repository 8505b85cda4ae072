package io.gatehouse.store;

import static io.gatehouse.store.RegistrationSamples.LIFE;
import static io.gatehouse.store.RegistrationSamples.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class RegistrationContract extends ContractCase {
    private static final long MANY = 1_000;
    private static final String LONG = "https://app.example.org/" + "x".repeat(300);

    @Test
    void whatIsAdded_isAClientLikeAny() {
        for (String id : List.of("registered", LONG)) {
            assertThat(add(client(id), MANY)).isTrue();
            assertThat(find(id)).isEqualTo(client(id));
            assertThat(rotate(openGrant(Samples.grant(id)), 0)).isInstanceOf(RotationResult.Rotated.class);
        }
        assertThat(Await.result(store.clients().find(OTHER_TENANT, "registered")))
                .isNull();
    }

    @Test
    void add_neverTakesTheIdOfAnother() {
        Await.result(store.jwtApps().declare(Samples.jwtApp("app", "https://audience.example")));
        for (String taken : List.of("web", Samples.ADA, "https://audience.example")) {
            Await.fails(addition(client(taken), MANY), Conflict.class);
        }
        add(client("registered"), MANY);
        Await.fails(addition(client("registered"), MANY), Conflict.class);
        Await.fails(addition(client("nowhere", "registered", 1), MANY), NotFound.class);
    }

    @Test
    void add_stopsAtTheMostOfATenant() {
        assertThat(add(client("a"), 2)).isTrue();
        assertThat(add(client("b"), 2)).isTrue();
        assertThat(add(client("c"), 2)).isFalse();
        assertThat(find("c")).isNull();
        assertThat(add(client(OTHER_TENANT, "c", 1), 2)).as("another tenant's").isTrue();
        assertThat(remove("a", 1)).isNotNull();
        assertThat(add(client("c"), 2)).isTrue();
        assertThat(add(client("d"), 2)).isFalse();
    }

    @Test
    void add_inParallelGivesAwayNoPlaceTwice() {
        List<Future<Boolean>> additions = IntStream.range(0, 32)
                .mapToObj(i -> addition(client("parallel " + i), 5))
                .toList();
        assertThat(Await.results(additions)).filteredOn(added -> added).hasSize(5);
    }

    @Test
    void failedAdditions_takeNoPlace() {
        for (int i = 0; i < 3; i++) {
            Await.fails(addition(client("web"), 1), Conflict.class);
        }
        assertThat(add(client("a"), 1)).isTrue();
    }

    @Test
    void replace_needsTheVersionBefore() {
        add(client("registered"), MANY);
        assertThat(replace(client(Tenant.MAIN, "registered", 2))).isTrue();
        assertThat(replace(client(Tenant.MAIN, "registered", 2))).as("once").isFalse();
        assertThat(replace(client(Tenant.MAIN, "registered", 4))).isFalse();
        assertThat(find("registered").version()).isEqualTo(2);
        assertThat(replace(client(Tenant.MAIN, "web", 2)))
                .as("the configuration declares it")
                .isFalse();
        assertThat(find("web").selfRegistration()).isNull();
    }

    /** Its version went on when it was disabled: whoever read it before writes nothing. */
    @Test
    void replace_revivesNoDisabledClient() {
        add(client("registered"), MANY);
        Await.result(store.clients().disable(Tenant.MAIN, "registered", now()));
        assertThat(replace(client(Tenant.MAIN, "registered", 2))).isFalse();
        assertThat(replace(client(Tenant.MAIN, "registered", 3))).isTrue();
        assertThat(find("registered").disabled()).as("its state stays").isTrue();
        assertThat(find("registered").epoch()).isEqualTo(1);
    }

    @Test
    void remove_deniesWhatTheClientHas() {
        for (String id : List.of("registered", LONG)) {
            add(client(id), MANY);
            Grant grant = openGrant(Samples.grant(id));
            List<SequencedDenial> denials = remove(id, 1);
            assertThat(denials).singleElement().satisfies(line -> {
                assertThat(line.denial().kind()).isEqualTo(Denial.Kind.CLIENT);
                assertThat(line.denial().key()).isEqualTo(id);
                assertThat(line.denial().epoch()).isEqualTo(1);
                assertThat(line.denial().expiresAt()).isAfterOrEqualTo(now().plus(Duration.ofHours(1)));
            });
            assertThat(log()).containsAll(denials);
            assertThat(find(id)).isNull();
            assertThat(refusal(grant, 0)).isEqualTo(Refusal.CLIENT_REFUSED);
        }
    }

    @Test
    void remove_needsTheVersion_andOneThatCameByItself() {
        add(client("registered"), MANY);
        assertThat(remove("registered", 2)).isNull();
        assertThat(find("registered")).isNotNull();
        assertThat(remove("web", 1)).isNull();
        assertThat(find("web")).isNotNull();
        assertThat(log()).isEmpty();
        assertThat(remove("registered", 1)).isNotNull();
        assertThat(remove("registered", 1)).isNull();
    }

    @Test
    void anIdThatIsFree_canBeTakenAgain() {
        add(client("https://app.example.org/client"), MANY);
        remove("https://app.example.org/client", 1);
        assertThat(add(client("https://app.example.org/client"), MANY)).isTrue();
    }

    @Test
    void whatNobodyUses_isSwept_andItsPlaceIsFree() {
        add(client("unused"), 2);
        add(client("used"), 2);
        forward(LIFE.minusDays(1));
        notice("used");
        forward(Duration.ofDays(3));
        sweep();
        assertThat(find("unused")).isNull();
        assertThat(find("used")).isNotNull();
        assertThat(add(client("next"), 2)).isTrue();
        assertThat(add(client("one too many"), 2)).isFalse();
        forward(LIFE.plusDays(2));
        sweep();
        assertThat(find("used")).isNull();
        assertThat(find("web")).as("what is declared stays").isNotNull();
    }

    @Test
    void nothingIsSwept_beforeItsTime() {
        add(client("unused"), MANY);
        forward(LIFE);
        sweep();
        assertThat(find("unused")).isNotNull();
    }

    /** What an operator decided outlives that nobody uses it. */
    @Test
    void whatIsDisabled_staysSo() {
        add(client("https://app.example.org/client"), MANY);
        Await.result(store.clients().disable(Tenant.MAIN, "https://app.example.org/client", now()));
        for (int i = 0; i < 3; i++) {
            forward(LIFE.multipliedBy(2));
            sweep();
            assertThat(find("https://app.example.org/client").disabled()).isTrue();
        }
    }

    @Test
    void whatTheConfigurationDeclares_isKept() {
        add(client("adopted"), 1);
        Await.result(store.clients().declare(Samples.client("adopted")));
        assertThat(find("adopted").selfRegistration()).isNull();
        assertThat(add(client("next"), 1)).as("its place is free").isTrue();
        forward(LIFE.multipliedBy(2));
        sweep();
        assertThat(find("adopted")).isNotNull();
        assertThat(find("next")).isNull();
    }

    @Test
    void manyAreSwept() {
        List<Future<Boolean>> additions = IntStream.range(0, 600)
                .mapToObj(i -> addition(client("many " + i), MANY))
                .toList();
        assertThat(Await.results(additions)).doesNotContain(false);
        forward(LIFE.plusDays(2));
        sweep();
        assertThat(find("many 0")).isNull();
        assertThat(find("many 599")).isNull();
        assertThat(add(client("next"), 1)).isTrue();
    }

    @Test
    void restart_keepsThem() {
        add(client("registered"), 1);
        reopen(Samples.TIMES);
        assertThat(find("registered")).isEqualTo(client("registered"));
        assertThat(add(client("next"), 1)).isFalse();
    }

    /** A whole round at once. */
    abstract void sweep();

    private boolean add(Client client, long most) {
        return Await.result(addition(client, most));
    }

    private Future<Boolean> addition(Client client, long most) {
        return store.registrations().add(client, LIFE, most, now());
    }

    private boolean replace(Client client) {
        return Await.result(store.registrations().replace(client));
    }

    private List<SequencedDenial> remove(String clientId, long version) {
        return Await.result(store.registrations().remove(Tenant.MAIN, clientId, version, now()));
    }

    private void notice(String clientId) {
        Await.result(store.registrations().notice(Tenant.MAIN, clientId, now()));
    }

    private Client find(String clientId) {
        return Await.result(store.clients().find(Tenant.MAIN, clientId));
    }
}
