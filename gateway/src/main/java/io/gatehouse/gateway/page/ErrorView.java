package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * What an error page shows.
 *
 * @param title in the page's language
 * @param message what to do next
 * @param incident what to tell the operator; null: nothing
 * @param link where to go on
 * @param label of the link, in the page's language
 */
public record ErrorView(
        String title, String message, @Nullable String incident, String link, String label) {}
