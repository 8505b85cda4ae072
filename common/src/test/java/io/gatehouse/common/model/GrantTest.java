package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Samples;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrantTest {
    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
    private static final Instant IDLE_END = NOW.plus(Duration.ofDays(1));
    private static final Instant END = NOW.plus(Duration.ofDays(30));
    private static final Digest FIRST = Digest.of("first");
    private static final Digest SECOND = Digest.of("second");
    private static final Digest THIRD = Digest.of("third");
    private static final Bytes SEALED = Bytes.utf8("sealed");

    private final Grant fresh = fresh();

    @Test
    void livesUntilItsFirstEnd() {
        assertThat(fresh.isLive(NOW)).isTrue();
        assertThat(fresh.isLive(IDLE_END.minusNanos(1))).isTrue();
        assertThat(fresh.isLive(IDLE_END)).isFalse();
        assertThat(fresh.used(END.plusSeconds(1)).isLive(END.minusNanos(1))).isTrue();
        assertThat(fresh.used(END.plusSeconds(1)).isLive(END)).isFalse();
    }

    @Test
    void rotationMovesTheSecretOnAndRemembersOne() {
        Instant idleEnd = IDLE_END.plusSeconds(9);
        Grant rotated = fresh.rotated(SECOND, SEALED, NOW, idleEnd);

        assertThat(rotated.currentSecret()).isEqualTo(SECOND);
        assertThat(rotated.previousSecret()).isEqualTo(FIRST);
        assertThat(rotated.sealedSuccessor()).isEqualTo(SEALED);
        assertThat(rotated.generation()).isEqualTo(1);
        assertThat(rotated.rotatedAt()).isEqualTo(NOW);
        assertThat(rotated.replayed()).isFalse();
        assertThat(rotated.idleExpiresAt()).isEqualTo(idleEnd);

        Grant again = rotated.replayedOnce().rotated(THIRD, SEALED, NOW.plusSeconds(60), idleEnd);
        assertThat(again.previousSecret()).isEqualTo(SECOND);
        assertThat(again.generation()).isEqualTo(2);
        assertThat(again.replayed()).isFalse();
    }

    @Test
    void aReplayIsRememberedAndChangesNothingElse() {
        Grant rotated = fresh.rotated(SECOND, SEALED, NOW, IDLE_END);
        Grant replayed = rotated.replayedOnce();

        assertThat(replayed.replayed()).isTrue();
        assertThat(replayed.replayedOnce()).isEqualTo(replayed);
        assertThat(replayed.rotatedAt()).isEqualTo(rotated.rotatedAt());
        assertThat(replayed)
                .usingRecursiveComparison()
                .ignoringFields("replayed")
                .isEqualTo(rotated);
    }

    /** The generation goes on, so that a late message about the undone rotation finds another number. */
    @Test
    void aRotationCanBeTakenBackOnce() {
        Grant undone = fresh.rotated(SECOND, SEALED, NOW, IDLE_END).unrotated();

        assertThat(undone.currentSecret()).isEqualTo(FIRST);
        assertThat(undone.previousSecret()).isNull();
        assertThat(undone.sealedSuccessor()).isNull();
        assertThat(undone.rotatedAt()).isNull();
        assertThat(undone.generation()).isEqualTo(2);
        assertThat(undone.unrotated().currentSecret()).isEqualTo(FIRST);
    }

    @Test
    void revocationEndsItAndDropsTheSealedSuccessor() {
        Grant revoked = fresh.rotated(SECOND, SEALED, NOW, IDLE_END).revoked(NOW);

        assertThat(revoked.isLive(NOW)).isFalse();
        assertThat(revoked.revokedAt()).isEqualTo(NOW);
        assertThat(revoked.sealedSuccessor()).isNull();
    }

    @Test
    void noTransitionBringsARevokedGrantBack() {
        Grant revoked = fresh.rotated(SECOND, SEALED, NOW, IDLE_END).revoked(NOW);

        assertThat(revoked.used(END).isLive(NOW)).isFalse();
        assertThat(revoked.replayedOnce().isLive(NOW)).isFalse();
        assertThat(revoked.unrotated().isLive(NOW)).isFalse();
        assertThat(revoked.rotated(THIRD, SEALED, NOW, END).isLive(NOW)).isFalse();
    }

    @Test
    void noTransitionTouchesWhatWasGranted() {
        Grant later = fresh.rotated(SECOND, SEALED, NOW, END)
                .replayedOnce()
                .unrotated()
                .used(END)
                .revoked(NOW);

        assertThat(later)
                .usingRecursiveComparison()
                .ignoringFields("currentSecret", "generation", "idleExpiresAt", "revokedAt")
                .isEqualTo(fresh);
    }

    /** With offline_access it was promised to outlive the browser. */
    @Test
    void endsWithItsSessionUnlessItMayBeUsedOffline() {
        SessionId session = SessionId.expiring(END);

        assertThat(givenIn(session.sid(), "openid api").boundSession()).isEqualTo(session);
        assertThat(givenIn(session.sid(), "openid offline_access").boundSession())
                .isNull();
        assertThat(givenIn(null, "openid").boundSession()).isNull();
    }

    @Test
    void noTransitionLosesWhatTheConsentCovered() {
        Grant sample = Samples.of(Grant.class);
        Grant later = sample.rotated(SECOND, SEALED, NOW, END)
                .replayedOnce()
                .unrotated()
                .used(END)
                .revoked(NOW);

        assertThat(later.claims()).isNotNull().isEqualTo(sample.claims());
        assertThat(later.consentEpoch()).isNotZero().isEqualTo(sample.consentEpoch());
    }

    private static Grant fresh() {
        Grant sample = Samples.of(Grant.class);
        return givenIn(sample.sessionId(), sample.scope().toString());
    }

    private static Grant givenIn(@Nullable String sessionId, String scope) {
        Grant sample = Samples.of(Grant.class);
        return new Grant(
                sample.tenant(),
                sample.id(),
                sample.clientId(),
                sample.subject(),
                sample.family(),
                Scope.parse(scope),
                sample.familySecret(),
                FIRST,
                null,
                null,
                0,
                null,
                false,
                sample.subjectEpoch(),
                sample.clientEpoch(),
                sample.confirmation(),
                sessionId,
                sample.authTime(),
                sample.amr(),
                NOW,
                IDLE_END,
                END,
                null);
    }
}
