package io.gatehouse.gateway.page;

/**
 * What the forms of the account page remember.
 *
 * @param sid of the session that they were shown in: another one's are refused
 * @param username what the browser's password store knows the user by
 */
public record AccountState(String sid, String username) {}
