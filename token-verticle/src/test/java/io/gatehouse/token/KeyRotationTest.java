package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.SigningKeys.Rotate;
import io.gatehouse.common.model.SealedKey.State;
import io.gatehouse.common.model.SigningAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How keys follow one another by themselves. */
class KeyRotationTest extends KeyRotationCase {
    @Test
    void aKey_isFollowedWhenItsTimeIsOver_andNotBefore() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY.minusMillis(1));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
        assertThat(signing(loop)).isEqualTo(first);
        assertThat(published(loop)).hasSize(2).startsWith(first);
    }

    @Test
    void aNewKey_signsOnceTheLeadIsOver_andTheOldOneStaysUntilItsLastTokenIsOut() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY);
        advance(loop);
        String second = published(loop).getLast();
        forward(LEAD.minusMillis(1));
        advance(loop);
        assertThat(signing(loop)).isEqualTo(first);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(signing(loop)).isEqualTo(second);
        assertThat(published(loop)).containsExactly(first, second);
        assertThat(store.standings)
                .singleElement()
                .satisfies(asked -> assertThat(asked.version()).isEqualTo(2));
        forward(LAST_TOKEN.minusMillis(1));
        advance(loop);
        assertThat(published(loop)).containsExactly(first, second);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(published(loop)).containsExactly(second);
        assertThat(states()).containsExactly(State.ACTIVE);
    }

    @Test
    void theNextRotation_isCountedFromWhenAKeyBeganToSign() {
        Loop loop = loop(1);
        signing(loop);
        rotateBySchedule(loop);
        forward(ROTATE_EVERY.minus(LAST_TOKEN).minusMillis(1));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
    }

    @Test
    void aVerifierThatDoesNotKnowIt_isWaitedForButNotForEver() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY);
        advance(loop);
        store.behind = 1;
        forward(LEAD.plus(PATIENCE).minusMillis(1));
        advance(loop);
        assertThat(signing(loop)).isEqualTo(first);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(signing(loop)).isNotEqualTo(first);
    }

    @Test
    void aNewKey_signsAsSoonAsTheLastVerifierKnowsIt() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY);
        advance(loop);
        store.behind = 2;
        forward(LEAD.plusSeconds(1));
        advance(loop);
        assertThat(signing(loop)).isEqualTo(first);
        store.behind = 0;
        advance(loop);
        assertThat(signing(loop)).isNotEqualTo(first);
    }

    @Test
    void manyRingsThatFindTheSameDue_rotateOnce() {
        List<Loop> loops = List.of(loop(1), loop(2), loop(3), loop(4), loop(5));
        String first = signing(loops.getFirst());
        forward(ROTATE_EVERY);
        advanceAll(loops);
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
        forward(LEAD);
        advanceAll(loops);
        assertThat(states()).containsExactly(State.RETIRED, State.ACTIVE);
        forward(LAST_TOKEN);
        advanceAll(loops);
        assertThat(states()).containsExactly(State.ACTIVE);
        assertThat(stored().version()).isEqualTo(4);
        loops.forEach(loop -> assertThat(signing(loop)).isNotEqualTo(first));
    }

    @Test
    void tenantsAndAlgorithms_rotateForThemselves() {
        Loop loop = loop(1);
        String es256 = signing(loop);
        forward(Duration.ofDays(30));
        String eddsa =
                on(() -> loop.ring().signingKey("main", SigningAlgorithm.EDDSA)).kid();
        on(() -> loop.ring().signingKey("acme", SigningAlgorithm.ES256));
        forward(Duration.ofDays(60));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE, State.ACTIVE, State.NEXT);
        assertThat(Objects.requireNonNull(store.keys.get("acme")).keys()).hasSize(1);
        forward(LEAD);
        advance(loop);
        assertThat(signing(loop)).isNotEqualTo(es256);
        assertThat(on(() -> loop.ring().signingKey("main", SigningAlgorithm.EDDSA))
                        .kid())
                .isEqualTo(eddsa);
    }

    /** An event may get lost: what was read long ago is not signed with. */
    @Test
    void aRingThatHeardNothing_readsAgainBeforeItSigns() {
        Loop deaf = loop(1);
        Loop other = loop(2);
        String first = signing(deaf);
        order(other, new Rotate("main", null, true));
        forward(KeySchedule.SIGNS_WITHIN.minusMillis(1));
        assertThat(signing(deaf)).isEqualTo(first);
        forward(Duration.ofMillis(1));
        assertThat(signing(deaf)).isEqualTo(signing(other)).isNotEqualTo(first);
    }

    @Test
    void whatIsPublished_saysForHowLongACopyIsFresh() {
        Loop loop = loop(1);
        assertThat(on(() -> loop.ring().published("main")).freshSeconds()).isEqualTo(300);
        assertThat(new KeySchedule(ROTATE_EVERY, Duration.ofSeconds(90), PATIENCE).freshSeconds())
                .isEqualTo(45);
        assertThat(new KeySchedule(ROTATE_EVERY, Duration.ZERO, PATIENCE).freshSeconds())
                .isEqualTo(1);
    }

    @Test
    void whileTheStoreIsAway_theKeyThatSignsGoesOn() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY);
        store.away = true;
        assertThatThrownBy(() -> advance(loop)).isInstanceOf(OAuthFailure.class);
        store.away = false;
        assertThat(signing(loop)).isEqualTo(first);
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
    }
}
