package io.gatehouse.gateway.proxy.forward;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gatehouse's own cookies: what stands for a login is no service's affair, and no service sets it. */
final class OwnCookies {
    private static final List<String> NAMES = List.of("gatehouse-", "__host-gatehouse-", "__secure-gatehouse-");

    private static final Pattern UNNAMED = Pattern.compile("^[\\s=]+");

    private OwnCookies() {}

    /**
     * The cookies of the others, in one line; null: there are none.
     *
     * @param lines of the Cookie header; HTTP/2 cuts it into several (RFC 9113, section 8.2.3)
     */
    static @Nullable String without(List<String> lines) {
        if (lines.size() == 1 && !mayHold(lines.getFirst())) {
            return lines.getFirst();
        }
        StringBuilder others = new StringBuilder();
        for (String line : lines) {
            for (String cookie : line.split(";", -1)) {
                if (!cookie.isBlank() && !isOwn(cookie)) {
                    others.append(others.isEmpty() ? "" : "; ").append(cookie.strip());
                }
            }
        }
        return others.isEmpty() ? null : others.toString();
    }

    /**
     * A cookie without a name is its value alone when a browser sends it: behind the sign that stands for no name, there is
     * one.
     *
     * @param cookie that begins with its name, in a Cookie or a Set-Cookie header
     */
    static boolean isOwn(String cookie) {
        String name = UNNAMED.matcher(cookie).replaceFirst("").toLowerCase(Locale.ROOT);
        return NAMES.stream().anyMatch(name::startsWith);
    }

    private static boolean mayHold(String line) {
        return line.toLowerCase(Locale.ROOT).contains("gatehouse-");
    }
}
