package io.gatehouse.token;

import io.gatehouse.common.config.KeysConfig;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKey.State;
import io.gatehouse.common.model.SealedKeySet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a signing key changes by itself: one that signs is followed by a new one, the new one signs once it was published for
 * long enough, and what it followed leaves when the last token that it signed is out.
 *
 * @param rotateEvery for how long a key signs
 * @param lead for how long a new key is published before it signs
 * @param patience how much longer it waits for verifiers that do not say that they know it
 */
record KeySchedule(Duration rotateEvery, Duration lead, Duration patience) {
    /** What a ring read so long ago and uses it reads again, whatever it heard: events may get lost. */
    static final Duration READ_EVERY = Duration.ofSeconds(30);
    /** What it read so long ago it does not sign with before it has done that. */
    static final Duration SIGNS_WITHIN = Duration.ofMinutes(1);

    /** No token of ours lives longer, whatever is configured now or was when it was issued. */
    private static final Duration LONGEST_TOKEN = Duration.ofHours(1);

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final int LONGEST_FRESH_SECONDS = 300;

    static KeySchedule of(KeysConfig config) {
        return new KeySchedule(config.rotateEvery(), config.publishLead(), config.ackTimeout());
    }

    /** When something may change: signs, is followed by another, or leaves. */
    Instant until(SealedKey key) {
        return key.since()
                .plus(
                        switch (key.state()) {
                            case NEXT -> lead;
                            case ACTIVE -> rotateEvery;
                            case RETIRED -> LONGEST_TOKEN.plus(SIGNS_WITHIN).plus(SKEW);
                        });
    }

    /** The same in its set: a key that signs is followed when the one that waits to follow it signs. */
    Instant until(SealedKey key, SealedKeySet set) {
        SealedKey next = key.state() == State.ACTIVE ? next(set, key) : null;
        return until(next == null ? key : next);
    }

    /** Whether that time has come; a key that another one waits to follow has nothing to do. */
    boolean isDue(SealedKey key, SealedKeySet set, Instant now) {
        boolean followed = key.state() == State.ACTIVE && next(set, key) != null;
        return !followed && !now.isBefore(until(key));
    }

    boolean isAnythingDue(SealedKeySet set, Instant now) {
        return set.keys().stream().anyMatch(key -> isDue(key, set, now));
    }

    /** Those that were published for long enough. */
    List<SealedKey> ripe(SealedKeySet set, Instant now) {
        return set.keys().stream()
                .filter(key -> key.state() == State.NEXT && isDue(key, set, now))
                .toList();
    }

    /** Whether the key waits for nobody any more. */
    boolean isOverdue(SealedKey next, Instant now) {
        return !now.isBefore(until(next).plus(patience));
    }

    /** For how long others may keep a copy of the published keys: half of the lead, so that none of them is ever late. */
    int freshSeconds() {
        return Math.clamp(lead.dividedBy(2).toSeconds(), 1, LONGEST_FRESH_SECONDS);
    }

    private static @Nullable SealedKey next(SealedKeySet set, SealedKey active) {
        return set.keys().stream()
                .filter(key -> key.state() == State.NEXT && key.algorithm() == active.algorithm())
                .findAny()
                .orElse(null);
    }
}
