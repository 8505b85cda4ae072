package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.message.PushedRequests.Find;
import io.gatehouse.common.message.PushedRequests.Take;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class PushedRequestContract extends ContractCase {
    private static final Duration LIFE = Duration.ofSeconds(90);
    private static final String FORM = "client_id=web&state=%E2%9C%93+%5C0&scope=openid";

    @Test
    void find_givesTheForm_asOftenAsAsked() {
        PushedRequest pushed = push();
        for (int i = 0; i < 3; i++) {
            assertThat(find(pushed)).isEqualTo(FORM);
        }
    }

    @Test
    void find_givesLongForms() {
        PushedRequest pushed = push("web", "state=" + "x".repeat(16_378));
        assertThat(find(pushed)).isEqualTo(pushed.form());
    }

    @Test
    void find_andTake_knowItsOwnClientAndTenantOnly() {
        PushedRequest pushed = push();
        for (String stranger : List.of("app", "Web", "", "web ", "web\0", "w".repeat(300))) {
            assertThat(find(Tenant.MAIN, stranger, pushed.id())).as(stranger).isNull();
            assertThat(take(Tenant.MAIN, stranger, pushed.id())).as(stranger).isFalse();
        }
        assertThat(find(OTHER_TENANT, "web", pushed.id())).isNull();
        assertThat(take(OTHER_TENANT, "web", pushed.id())).isFalse();
        assertThat(find(Tenant.MAIN, "web", CodeId.make(pushed.expiresAt()).id()))
                .isNull();
        assertThat(take(pushed)).isTrue();
    }

    @Test
    void clientsOfLongNames_areNotConfused() {
        PushedRequest pushed = push("c".repeat(300), FORM);
        assertThat(find(Tenant.MAIN, "c".repeat(301), pushed.id())).isNull();
        assertThat(find(pushed)).isEqualTo(FORM);
    }

    @Test
    void find_endsWithItsExpiry() {
        PushedRequest pushed = push();
        forward(LIFE.minusMillis(1));
        assertThat(find(pushed)).isEqualTo(FORM);
        forward(Duration.ofMillis(1));
        assertThat(find(pushed)).isNull();
    }

    @Test
    void take_isLeftToWhoeverLogsInSlowly() {
        PushedRequest slow = push();
        PushedRequest tooSlow = push();
        forward(LIFE.plus(PushedRequest.PATIENCE).minusMillis(1));
        assertThat(take(slow)).isTrue();
        forward(Duration.ofMillis(1));
        assertThat(take(tooSlow)).isFalse();
    }

    @Test
    void take_spendsIt() {
        PushedRequest pushed = push();
        PushedRequest other = push();
        assertThat(take(pushed)).isTrue();
        assertThat(take(pushed)).isFalse();
        assertThat(find(pushed)).isNull();
        assertThat(find(other)).as("the other one is untouched").isEqualTo(FORM);
    }

    @Test
    void take_inParallelHasOneWinner() {
        PushedRequest pushed = push();
        List<Future<Boolean>> takes = IntStream.range(0, 64)
                .mapToObj(i -> store.pushedRequests().take(new Take(Tenant.MAIN, "web", pushed.id()), now()))
                .toList();
        assertThat(Await.results(takes)).filteredOn(taken -> taken).hasSize(1);
    }

    @Test
    void push_neverReplacesOne() {
        PushedRequest pushed = push();
        Await.fails(
                store.pushedRequests()
                        .push(new PushedRequest(Tenant.MAIN, "web", pushed.id(), "other=1", pushed.expiresAt()), now()),
                Conflict.class);
        assertThat(find(pushed)).isEqualTo(FORM);
    }

    @Test
    void push_survivesARestart() {
        PushedRequest pushed = push();
        reopen(Samples.TIMES);
        assertThat(find(pushed)).isEqualTo(FORM);
        assertThat(take(pushed)).isTrue();
    }

    private PushedRequest push() {
        return push("web", FORM);
    }

    private PushedRequest push(String clientId, String form) {
        CodeId id = CodeId.make(now().plus(LIFE)).id();
        PushedRequest request = new PushedRequest(Tenant.MAIN, clientId, id, form, now().plus(LIFE));
        Await.result(store.pushedRequests().push(request, now()));
        return request;
    }

    private String find(PushedRequest request) {
        return find(request.tenant(), request.clientId(), request.id());
    }

    private String find(String tenant, String clientId, CodeId id) {
        return Await.result(store.pushedRequests().find(new Find(tenant, clientId, id), now()));
    }

    private boolean take(PushedRequest request) {
        return take(request.tenant(), request.clientId(), request.id());
    }

    private boolean take(String tenant, String clientId, CodeId id) {
        return Await.result(store.pushedRequests().take(new Take(tenant, clientId, id), now()));
    }
}
