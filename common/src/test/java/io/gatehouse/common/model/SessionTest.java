package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
    private static final Instant IDLE_END = NOW.plus(Duration.ofHours(12));
    private static final Instant END = NOW.plus(Duration.ofDays(7));

    private final Session session = begun(NOW, "first", 1, IDLE_END, END);

    @Test
    void livesUntilItsFirstEnd() {
        assertThat(session.isLive(NOW)).isTrue();
        assertThat(session.isLive(IDLE_END.minusNanos(1))).isTrue();
        assertThat(session.isLive(IDLE_END)).isFalse();
        assertThat(session.isLive(END)).isFalse();
    }

    @Test
    void useMovesTheIdleEndButNeverBeyondTheAbsoluteOne() {
        Instant later = NOW.plus(Duration.ofHours(1));
        Session used = session.used(later, later.plus(Duration.ofHours(12)));

        assertThat(used)
                .usingRecursiveComparison()
                .ignoringFields("lastUsedAt", "idleExpiresAt")
                .isEqualTo(session);
        assertThat(used.lastUsedAt()).isEqualTo(later);
        assertThat(used.idleExpiresAt()).isEqualTo(later.plus(Duration.ofHours(12)));
        assertThat(session.used(later, END.plusSeconds(1)).idleExpiresAt()).isEqualTo(END);
    }

    /** Who knew the cookie before the login is out, and the session gets no longer by it. */
    @Test
    void anotherLoginBringsAnotherSecretAndNoLongerLife() {
        Instant later = NOW.plus(Duration.ofDays(1));
        Session login = begun(later, "second", 2, END.plus(Duration.ofHours(1)), END.plus(Duration.ofDays(1)));
        Session renewed = session.heardBy("web").renewed(login);

        assertThat(renewed.id()).isEqualTo(session.id());
        assertThat(renewed.secret()).isEqualTo(login.secret());
        assertThat(renewed.subjectEpoch()).isEqualTo(2);
        assertThat(renewed.authTime()).isEqualTo(later);
        assertThat(renewed.lastUsedAt()).isEqualTo(later);
        assertThat(renewed.createdAt()).isEqualTo(NOW);
        assertThat(renewed.expiresAt()).isEqualTo(END);
        assertThat(renewed.idleExpiresAt()).isEqualTo(END);
        assertThat(renewed.listeners()).containsExactly("web");
    }

    @Test
    void aListenerIsRememberedOnce() {
        Session heard = session.heardBy("web").heardBy("shop").heardBy("web");

        assertThat(heard.listeners()).containsExactly("web", "shop");
        assertThat(heard.heardBy("shop")).isSameAs(heard);
        assertThat(heard).usingRecursiveComparison().ignoringFields("listeners").isEqualTo(session);
    }

    @Test
    void listenersAreBounded() {
        Session full = IntStream.range(0, Session.MOST_LISTENERS)
                .mapToObj(Integer::toString)
                .reduce(session, Session::heardBy, (one, other) -> other);

        assertThat(full.listeners()).hasSize(Session.MOST_LISTENERS);
        assertThat(full.heardBy("one more")).isSameAs(full);
    }

    private static Session begun(Instant now, String secret, long subjectEpoch, Instant idleEnd, Instant end) {
        return new Session(
                "main",
                SessionId.expiring(end),
                Digest.of(secret),
                "a subject",
                subjectEpoch,
                now,
                List.of("pwd"),
                "Firefox on Linux",
                now,
                now,
                idleEnd,
                end,
                List.of());
    }
}
