package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/**
 * How a tenant's pages look.
 *
 * @param name shown as the title; null: Gatehouse
 * @param logoUri of an image, http or https; null: none
 * @param color of buttons, as {@code #rrggbb}; null: ours
 */
public record Branding(
        @Nullable String name,
        @Nullable String logoUri,
        @Nullable String color) {}
