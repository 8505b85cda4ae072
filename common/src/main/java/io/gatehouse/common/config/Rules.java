package io.gatehouse.common.config;

import org.jspecify.annotations.Nullable;

/**
 * Where one section reports what doesn't fit. A rule stays silent when a key that it reads is already in the list of
 * problems: it saw a default instead of what was meant, and one mistake should be one line.
 */
final class Rules {
    private final Problems problems;
    private final ConfigNode.Section section;
    private final String path;

    Rules(Problems problems, ConfigNode.Section section, String path) {
        this.problems = problems;
        this.section = section;
        this.path = path;
    }

    /**
     * Reports the message at the key unless it is fine.
     *
     * @param key relative to the section
     * @param message what is wrong and what to do, to be read after the key
     * @param alsoReads further keys whose problems silence this rule
     */
    void require(boolean fine, String key, String message, String... alsoReads) {
        if (fine || broken(key)) {
            return;
        }
        for (String other : alsoReads) {
            if (broken(other)) {
                return;
            }
        }
        report(key, message);
    }

    /** Reports the message at the key, whatever else is reported there. */
    void report(String key, String message) {
        problems.add(KeyPath.join(path, key), section.originOf(key), message);
    }

    /** Reports a flaw, if there is one. */
    void refuse(@Nullable String flaw, String key) {
        if (flaw != null) {
            require(false, key, flaw);
        }
    }

    private boolean broken(String key) {
        return problems.touch(KeyPath.join(path, key));
    }
}
