package io.gatehouse.gateway.page;

/**
 * One value of a scope, for who must decide about it.
 *
 * @param text in words of the page's language; the value itself where there are none
 */
public record ScopeLine(String scope, String text) {}
