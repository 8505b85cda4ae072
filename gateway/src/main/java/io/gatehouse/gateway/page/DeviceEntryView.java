package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * The page that asks for a device's code.
 *
 * @param action path that the form is posted to
 * @param box sealed, for the form
 * @param typed what the field holds at first
 * @param problem what the attempt before came to, in words; null: there was none
 */
public record DeviceEntryView(
        String action,
        String box,
        String userName,
        String typed,
        @Nullable String problem) {}
