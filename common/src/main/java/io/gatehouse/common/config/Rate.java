package io.gatehouse.common.config;

import java.time.Duration;

/**
 * So many events in a window of time, written {@code 10/PT15M}; {@code off} or {@code 0} is no limit at all.
 *
 * @param limit events allowed per window, at least 1; 0 means unlimited
 * @param window from PT1S to P1D; zero when unlimited
 */
public record Rate(int limit, Duration window) {
    /** No limit at all. */
    public static final Rate UNLIMITED = new Rate(0, Duration.ZERO);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * @throws IllegalArgumentException if the limit is negative, or the window of a limit is out of range
     */
    public Rate {
        if (limit < 0 || (limit > 0 && !inRange(window))) {
            throw new IllegalArgumentException("a rate is at least 1 in a window from " + SHORTEST + " to P1D");
        }
    }

    private static boolean inRange(Duration window) {
        return window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0;
    }

    /**
     * Reads {@code 10/PT15M}, {@code off} or {@code 0}.
     *
     * @throws IllegalArgumentException if the text is none of these
     * @throws java.time.format.DateTimeParseException if the window is no ISO-8601 duration
     */
    public static Rate parse(String text) {
        if (text.equalsIgnoreCase("off") || text.equals("0")) {
            return UNLIMITED;
        }
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("a rate is written limit/window");
        }
        int limit = Integer.parseInt(text.substring(0, slash));
        if (limit < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
        return new Rate(limit, Duration.parse(text.substring(slash + 1)));
    }

    /** Whether everything is allowed. */
    public boolean unlimited() {
        return limit == 0;
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return unlimited() ? "off" : limit + "/" + window;
    }
}
