package io.gatehouse.deploy.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers of a request that somebody asks about. */
final class ShownHeaders {
    private static final Pattern LINE = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*)");

    private record Header(String name, String value) {}

    private final List<Header> headers = new ArrayList<>();

    /**
     * @param lines as {@code Name: value}
     * @throws UsageError where one is not written so
     */
    static ShownHeaders read(List<String> lines) {
        ShownHeaders shown = new ShownHeaders();
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                // What stands there may be a token: it is not repeated.
                throw new UsageError("option --header needs a header, written like 'Accept: text/html'");
            }
            shown.headers.add(new Header(
                    parts.group(1).toLowerCase(Locale.ROOT), parts.group(2).strip()));
        }
        return shown;
    }

    boolean isEmpty() {
        return headers.isEmpty();
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name.equals(name.toLowerCase(Locale.ROOT)))
                .map(Header::value)
                .toList();
    }

    boolean has(String name) {
        return !all(name).isEmpty();
    }

    /** How many cookies of that name there are. */
    long cookies(String name) {
        return all("cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .filter(pair -> pair.strip().startsWith(name + "="))
                .count();
    }

    /** Names of those that say something of how a request came, which anybody can write. */
    List<String> hearsay() {
        return headers.stream()
                .map(Header::name)
                .filter(name -> name.startsWith("x-forwarded-")
                        || name.startsWith("x-original-")
                        || name.equals("forwarded")
                        || name.startsWith("x-gatehouse-")
                        || name.startsWith("x-http-method"))
                .distinct()
                .toList();
    }
}
