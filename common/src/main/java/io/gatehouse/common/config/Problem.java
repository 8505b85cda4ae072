package io.gatehouse.common.config;

/**
 * One thing wrong with the configuration.
 *
 * @param path the key, such as {@code tokens.access_ttl}; empty when a whole file is meant
 * @param origin where it was set: a file and line, an environment variable; or "default"
 * @param message what is wrong and what to do about it; never holds a secret
 */
public record Problem(String path, String origin, String message) {
    /** One line, for people. */
    @Override
    public String toString() {
        if (path.isEmpty()) {
            return origin + ": " + message;
        }
        return path + (origin.equals(ConfigNode.DEFAULT) ? "" : " (" + origin + ")") + ": " + message;
    }
}
