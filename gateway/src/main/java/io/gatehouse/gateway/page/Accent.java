package io.gatehouse.gateway.page;

import java.util.Locale;

/**
 * A tenant's colour for buttons, with the colour of text on it.
 *
 * @param rgb red, green and blue in 8 bits each
 */
record Accent(int rgb) {
    /** Of relative luminance: black and white stand out against it alike, 4.58 to 1. */
    private static final double MIDDLE = 0.179;

    /** @param color {@code #rrggbb} */
    static Accent of(String color) {
        return new Accent(Integer.parseInt(color.substring(1), 16));
    }

    /** As variables that the style sheet uses where they are set. */
    String css() {
        return String.format(Locale.ROOT, ":root{--accent:#%06x;--on-accent:%s}%n", rgb, onTop());
    }

    /** At least 4.5 to 1 against any colour (WCAG 2.1, success criterion 1.4.3). */
    String onTop() {
        return luminance() > MIDDLE ? "#000000" : "#ffffff";
    }

    /** WCAG 2.1, relative luminance: 0 is black, 1 is white. */
    private double luminance() {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xFF) / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
