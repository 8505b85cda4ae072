package io.gatehouse.common.claims;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a sender.
 *
 * @param sub the subject, as its token names it
 * @param subType {@code user} or {@code client}
 * @param clientId null: a browser, by its session
 * @param family of its token; null: it has none
 * @param aud whom its token is for
 */
public record Claims(
        String sub,
        String subType,
        @Nullable String clientId,
        @Nullable String family,
        List<String> scope,
        List<String> roles,
        List<String> aud) {
    public Claims {
        scope = List.copyOf(scope);
        roles = List.copyOf(roles);
        aud = List.copyOf(aud);
    }
}
