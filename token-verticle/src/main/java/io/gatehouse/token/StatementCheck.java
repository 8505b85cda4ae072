package io.gatehouse.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks statements of one kind: that they were made by who may, about this tenant, and count now. */
final class StatementCheck<T extends Record> {
    /**
     * A kind of statement.
     *
     * @param name for audit lines
     * @param end from when on it counts no more
     */
    record Kind<T extends Record>(Class<T> type, String name, Function<T, String> tenant, Function<T, Instant> end) {}

    /** Momentary statements live five seconds; more than this ahead, one of two clocks is wrong. */
    private static final Duration FARTHEST_END = Duration.ofSeconds(10);

    private static final int REMEMBERED = 1_024;

    private final Attestor attestor;
    private final AuditLog audit;
    private final Kind<T> kind;
    private final @Nullable Cache<Attestation, T> verified;

    private StatementCheck(Attestor attestor, AuditLog audit, Kind<T> kind, @Nullable Cache<Attestation, T> verified) {
        this.attestor = attestor;
        this.audit = audit;
        this.kind = kind;
        this.verified = verified;
    }

    /** Of statements that are made for one request each. */
    static <T extends Record> StatementCheck<T> momentary(Attestor attestor, AuditLog audit, Kind<T> kind) {
        return new StatementCheck<>(attestor, audit, kind, null);
    }

    /** Of statements that come with many requests: each is verified and decoded once. */
    static <T extends Record> StatementCheck<T> lasting(Attestor attestor, AuditLog audit, Kind<T> kind) {
        Cache<Attestation, T> verified = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .executor(Runnable::run)
                .build();
        return new StatementCheck<>(attestor, audit, kind, verified);
    }

    /**
     * What is stated.
     *
     * @param refusal of one that is forged or another tenant's; one that came out of its time is {@code Unavailable}
     */
    T check(String tenant, Attestation attestation, Instant now, Supplier<RuntimeException> refusal) {
        T statement = genuine(attestation);
        if (statement == null || !kind.tenant.apply(statement).equals(tenant)) {
            audit.refused(tenant, (statement == null ? "forged_" : "foreign_") + kind.name);
            throw refusal.get();
        }
        Instant end = kind.end.apply(statement);
        if (!now.isBefore(end)) {
            throw untimely(tenant, "expired_" + kind.name);
        }
        if (verified == null && end.isAfter(now.plus(FARTHEST_END))) {
            throw untimely(tenant, kind.name + "_from_the_future");
        }
        return statement;
    }

    private @Nullable T genuine(Attestation attestation) {
        T known = verified == null ? null : verified.getIfPresent(attestation);
        if (known != null) {
            return known;
        }
        T statement = attestor.verify(attestation, kind.type);
        if (statement != null && verified != null) {
            verified.put(attestation, statement);
        }
        return statement;
    }

    // Nobody's fault but ours (a pause, clocks that differ): the client keeps what it has and tries again.
    private RuntimeException untimely(String tenant, String reason) {
        audit.refused(tenant, reason);
        return new OAuthError.Unavailable("token").failure();
    }
}
