package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * The question whether to log out.
 *
 * @param action path that the answer is sent to
 * @param box sealed, for the form
 * @param stay path for whoever does not want to
 * @param clientName who asks; null: not known
 */
public record LogoutView(
        String action,
        String box,
        String userName,
        String stay,
        @Nullable String clientName) {}
