package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * What the question whether to log out remembers.
 *
 * @param sid of the session that it is about
 * @param target where it leads, with the client's state; null: to the page that says it is done
 */
public record LogoutState(String sid, @Nullable String target) {}
