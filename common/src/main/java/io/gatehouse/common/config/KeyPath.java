package io.gatehouse.common.config;

import java.util.Locale;

/** The spelling of keys: {@code tokens.access_ttl}, {@code bootstrap.clients[0].scope}. */
final class KeyPath {
    /** What the names of all our environment variables start with. */
    static final String ENVIRONMENT = "GATEHOUSE_";
    /** What the names of all our system properties start with. */
    static final String PROPERTY = "gatehouse.";

    private KeyPath() {}

    static String join(String section, String key) {
        return section.isEmpty() ? key : section + "." + key;
    }

    static String item(String list, int index) {
        return list + "[" + index + "]";
    }

    /** The environment variable that sets the key. */
    static String environmentName(String path) {
        return ENVIRONMENT + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The key that a record component holds: accessTtl is access_ttl. */
    static String ofComponent(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
