package io.gatehouse.gateway.page;

/**
 * One thing that is known about the user.
 *
 * @param label key of its text
 * @param unverified whether nobody has confirmed it yet
 */
public record ProfileLine(String label, String value, boolean unverified) {}
