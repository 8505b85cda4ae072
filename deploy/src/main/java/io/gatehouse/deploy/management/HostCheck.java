package io.gatehouse.deploy.management;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which Host headers are answered: a page of a browser must not read this listener through a name of its own that resolves
 * here (DNS rebinding). It can only do so with a name, so that addresses are harmless where every address is listened on.
 */
final class HostCheck {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");

    private final String configured;

    /** @param configured what the listener is bound to */
    HostCheck(String configured) {
        this.configured = configured.toLowerCase(Locale.ROOT);
    }

    /** @param host without port and brackets */
    boolean accepts(String host) {
        String asked = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(asked)
                || asked.equals(configured)
                || (EVERY_ADDRESS.contains(configured) && ADDRESS.matcher(asked).matches());
    }
}
