package io.gatehouse.common.config;

import java.util.List;
import java.util.Objects;

/** In what two configurations differ. */
public final class ConfigChanges {
    private ConfigChanges() {}

    /** The top-level keys whose values are not the same, such as {@code server}; never what they hold. */
    public static List<String> between(GatehouseConfig one, GatehouseConfig other) {
        return SectionSpec.ROOT.keys().stream()
                .filter(key -> !Objects.equals(key.read(one), key.read(other)))
                .map(KeySpec::name)
                .toList();
    }
}
