package io.gatehouse.gateway.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds one cookie (RFC 6265, section 5.4). A browser sends two of one name where another host or path of the domain set one as
 * well, and does not tell which: then neither counts. A reader that keeps one of them would not notice.
 */
final class CookieHeader {
    private CookieHeader() {}

    /**
     * Null where there is no such cookie, or more than one.
     *
     * @param lines of the header
     */
    static @Nullable String value(List<String> lines, String name) {
        String found = null;
        for (String line : lines) {
            int from = 0;
            while (from < line.length()) {
                int semicolon = line.indexOf(';', from);
                int end = semicolon < 0 ? line.length() : semicolon;
                int start = pastBlanks(line, from, end);
                if (isNamed(line, start, end, name)) {
                    if (found != null) {
                        return null;
                    }
                    found = line.substring(start + name.length() + 1, end).stripTrailing();
                }
                from = end + 1;
            }
        }
        return found;
    }

    private static int pastBlanks(String line, int from, int end) {
        int start = from;
        while (start < end && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
            start++;
        }
        return start;
    }

    private static boolean isNamed(String line, int start, int end, String name) {
        int equals = start + name.length();
        return equals < end && line.charAt(equals) == '=' && line.startsWith(name, start);
    }
}
