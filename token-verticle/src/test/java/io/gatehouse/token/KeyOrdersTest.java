package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.SigningKeys.Entry;
import io.gatehouse.common.message.SigningKeys.Listing;
import io.gatehouse.common.message.SigningKeys.Retire;
import io.gatehouse.common.message.SigningKeys.Rotate;
import io.gatehouse.common.message.SigningKeys.Show;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKey.State;
import io.gatehouse.common.model.SigningAlgorithm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators order of keys. */
class KeyOrdersTest extends KeyRotationCase {
    @Test
    void rotate_beginsARotationOnce() {
        Loop loop = loop(1);
        String first = signing(loop);
        Listing begun = order(loop, new Rotate("main", null, false));
        assertThat(begun.keys()).extracting(Entry::state).containsExactly(State.ACTIVE, State.NEXT);
        assertThat(begun.keys()).extracting(Entry::until).containsOnly(now.plus(LEAD));
        assertThat(order(loop, new Rotate("main", SigningAlgorithm.ES256, false)))
                .isEqualTo(begun);
        assertThat(signing(loop)).isEqualTo(first);
        forward(LEAD);
        advance(loop);
        assertThat(signing(loop)).isEqualTo(begun.keys().getLast().kid());
        assertThat(store.deniedKeys).isEmpty();
    }

    @Test
    void rotate_askedOfManyAtOnce_isOneRotation() {
        List<Loop> loops = List.of(loop(1), loop(2), loop(3), loop(4));
        signing(loops.getFirst());
        orderAll(loops, new Rotate("main", null, false));
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
    }

    @Test
    void rotate_namesTheAlgorithm_orAllThatSign() {
        Loop loop = loop(1);
        signing(loop);
        on(() -> loop.ring().signingKey("main", SigningAlgorithm.EDDSA));
        order(loop, new Rotate("main", SigningAlgorithm.EDDSA, false));
        assertThat(stored().keys())
                .filteredOn(key -> key.state() == State.NEXT)
                .extracting(SealedKey::algorithm)
                .containsExactly(SigningAlgorithm.EDDSA);
        order(loop, new Rotate("main", null, false));
        assertThat(stored().keys()).filteredOn(key -> key.state() == State.NEXT).hasSize(2);
    }

    @Test
    void anEmergency_waitsForNobodyAndDeniesWhatTheOldKeysSigned() {
        Loop loop = loop(1);
        String first = signing(loop);
        String eddsa =
                on(() -> loop.ring().signingKey("main", SigningAlgorithm.EDDSA)).kid();
        order(loop, new Rotate("main", SigningAlgorithm.ES256, false));
        String waiting = published(loop).getLast();
        store.behind = 3;
        Listing done = order(loop, new Rotate("main", SigningAlgorithm.ES256, true));
        assertThat(done.keys()).extracting(Entry::state).containsOnly(State.ACTIVE);
        assertThat(store.deniedKeys).containsExactlyInAnyOrder(first, waiting);
        assertThat(signing(loop)).isNotIn(first, waiting);
        assertThat(published(loop)).hasSize(2).contains(eddsa).doesNotContain(first, waiting);
    }

    @Test
    void anEmergency_askedOfManyAtOnce_isOneRotation() {
        List<Loop> loops = List.of(loop(1), loop(2), loop(3), loop(4));
        String first = signing(loops.getFirst());
        loops.forEach(this::signing);
        store.denialsTogether = loops.size();
        orderAll(loops, new Rotate("main", null, true));
        assertThat(states()).containsExactly(State.ACTIVE);
        assertThat(stored().version()).isEqualTo(2);
        assertThat(store.deniedKeys).containsOnly(first);
    }

    @Test
    void retire_takesAKeyAwayThatDoesNotSign() {
        Loop loop = loop(1);
        String first = signing(loop);
        rotateBySchedule(loop);
        String second = signing(loop);
        order(loop, new Rotate("main", null, false));
        String third = published(loop).getLast();
        assertThat(refusal(loop, new Retire("main", second))).isEqualTo(new OAuthError.Conflict("key"));
        assertThat(refusal(loop, new Retire("main", "none"))).isEqualTo(new OAuthError.NotFound("key"));
        order(loop, new Retire("main", third));
        assertThat(store.deniedKeys).containsExactly(third);
        assertThat(published(loop)).doesNotContain(third);
        assertThat(order(loop, new Show("main")).keys())
                .extracting(Entry::kid)
                .containsExactlyElementsOf(published(loop));
        assertThat(published(loop)).contains(second).doesNotContain(first);
    }

    @Test
    void orders_aboutNoTenant_areRefusedAndWriteNothing() {
        Loop loop = loop(1);
        for (var order : List.of(
                new Show("nobody"), new Rotate("nobody", SigningAlgorithm.ES256, false), new Retire("nobody", "kid"))) {
            assertThat(refusal(loop, order)).isEqualTo(new OAuthError.NotFound("tenant"));
        }
        assertThat(store.keys).isEmpty();
    }
}
