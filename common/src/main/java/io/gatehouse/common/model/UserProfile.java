package io.gatehouse.common.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be known about a user outside the store.
 *
 * @param subject a UUID; never reused, never equal to a client id
 * @param username unique in its tenant, compared without case
 * @param email unique in its tenant, compared without case
 * @param phone E.164; unique in its tenant
 * @param employeeId unique in its tenant, compared exactly
 * @param claims further profile values by claim name
 */
public record UserProfile(
        String tenant,
        String subject,
        String username,
        @Nullable String name,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String phone,
        boolean phoneVerified,
        @Nullable String employeeId,
        List<String> roles,
        UserState state,
        Instant createdAt,
        @Nullable Instant lastLoginAt,
        Map<String, String> claims) {
    public UserProfile {
        roles = List.copyOf(roles);
        claims = Map.copyOf(claims);
    }

    /** The same user in another state. */
    public UserProfile inState(UserState nowState, @Nullable Instant loginAt) {
        return new UserProfile(
                tenant,
                subject,
                username,
                name,
                email,
                emailVerified,
                phone,
                phoneVerified,
                employeeId,
                roles,
                nowState,
                createdAt,
                loginAt,
                claims);
    }

    /** The rest is personal data: not for logs. */
    @Override
    public String toString() {
        return "UserProfile[tenant=" + tenant + ", subject=" + subject + ", state=" + state + "]";
    }
}
