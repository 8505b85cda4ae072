package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Branding;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its own content.
 *
 * @param title what the page is for, in the page's language
 * @param branding of the tenant; null: the page looks like ours
 * @param styleSheet path of the one style sheet
 * @param home where somebody who is lost may go on
 */
public record Frame(Texts texts, String title, @Nullable Branding branding, String styleSheet, String home) {
    private static final String OURS = "Gatehouse";

    /** Whose pages these are. */
    public String name() {
        return branding == null || branding.name() == null ? OURS : branding.name();
    }

    /** An image beside the name; null: none. */
    public @Nullable String logo() {
        return branding == null ? null : branding.logoUri();
    }

    /** Path of the script that lies beside the style sheet. */
    public String script() {
        return styleSheet.substring(0, styleSheet.lastIndexOf('/') + 1) + "submit.js";
    }
}
