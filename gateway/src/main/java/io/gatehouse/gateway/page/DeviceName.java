package io.gatehouse.gateway.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a browser says it is, in a few words, so that its owner tells it from the others. Plain searches in a bounded text. */
final class DeviceName {
    private static final int LONGEST_READ = 400;

    /** @param mark what its User-Agent holds */
    private record Known(String mark, String name) {}

    /** In this order: browsers name those that they descend from. */
    private static final List<Known> BROWSERS = List.of(
            new Known("Edg", "Edge"),
            new Known("OPR/", "Opera"),
            new Known("SamsungBrowser/", "Samsung Internet"),
            new Known("Firefox/", "Firefox"),
            new Known("FxiOS/", "Firefox"),
            new Known("CriOS/", "Chrome"),
            new Known("Chrome/", "Chrome"),
            new Known("Safari/", "Safari"));

    /** In this order: a phone names the desktop that it descends from. */
    private static final List<Known> SYSTEMS = List.of(
            new Known("iPhone", "iPhone"),
            new Known("iPad", "iPad"),
            new Known("Android", "Android"),
            new Known("Windows", "Windows"),
            new Known("Mac OS X", "macOS"),
            new Known("CrOS", "ChromeOS"),
            new Known("Linux", "Linux"));

    private DeviceName() {}

    /** The same in every language, as {@code Firefox, Linux}; at most 64 characters; empty where nothing is known. */
    static String of(@Nullable String userAgent) {
        if (userAgent == null) {
            return "";
        }
        String read = userAgent.substring(0, Math.min(userAgent.length(), LONGEST_READ));
        String browser = first(BROWSERS, read);
        String system = first(SYSTEMS, read);
        return browser.isEmpty() || system.isEmpty() ? browser + system : browser + ", " + system;
    }

    private static String first(List<Known> known, String text) {
        return known.stream()
                .filter(one -> text.contains(one.mark()))
                .findFirst()
                .map(Known::name)
                .orElse("");
    }
}
