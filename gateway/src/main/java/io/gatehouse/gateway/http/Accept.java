package io.gatehouse.gateway.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header {@code Accept} (RFC 9110, section 12.5.1), as far as we look at it. */
public final class Accept {
    /** Browsers name it in the first few. */
    private static final int MOST_RANGES = 20;

    private Accept() {}

    /** Whether a page is wanted by name: a browser does so, a program that takes anything does not. */
    static boolean isHtml(@Nullable String header) {
        return names(header, "text/html");
    }

    /**
     * Whether the type is wanted by name, not among any types.
     *
     * @param header null: not sent
     */
    public static boolean names(@Nullable String header, String mediaType) {
        for (String range : header == null ? new String[0] : header.split(",", MOST_RANGES)) {
            String[] parts = range.toLowerCase(Locale.ROOT).replace(" ", "").split(";", 3);
            if (parts[0].equals(mediaType)) {
                return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
