package io.gatehouse.common.config;

import java.util.regex.Pattern;

/** What the name of a client may be that nobody declared: people decide by what they read of it. */
final class SelfRegisteredName {
    /** What can't be seen, or turns the rest around, but for what scripts of India and Iran are not written without. */
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}[\\p{Cf}&&[^\\u200C\\u200D]]"
                    // Letters that leave a blank.
                    + "\\u115F\\u1160\\u2800\\u3164\\uFFA0]");

    private SelfRegisteredName() {}

    static void check(BootstrapClient client, Problems problems) {
        String name = client.clientName();
        if (name != null && (name.isBlank() || HIDDEN.matcher(name).find())) {
            problems.add(
                    "client_name",
                    MetadataNodes.ORIGIN,
                    "is blank, or holds characters that can't be seen: people must be able to read it");
        }
    }
}
