package io.gatehouse.gateway.page;

/**
 * Nobody is logged in any more.
 *
 * @param login path to log in again
 */
public record LoggedOutView(String login) {}
