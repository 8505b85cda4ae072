package io.gatehouse.common.config;

import java.util.Optional;

/** Finds keys that no section knows, and what they were probably meant to be. */
final class UnknownKeys {
    private UnknownKeys() {}

    static void report(SectionSpec spec, ConfigNode.Section section, String path, Problems problems) {
        section.entries().forEach((name, node) -> {
            if (spec.key(name) == null) {
                problems.add(KeyPath.join(path, name), node.origin(), "is unknown; " + advice(spec, name));
            }
        });
    }

    private static String advice(SectionSpec spec, String name) {
        return NearestName.of(name, spec.names())
                .or(() -> elsewhere(name))
                .map(meant -> "did you mean " + meant + "?")
                .orElseGet(() -> "known here: " + String.join(", ", spec.names()));
    }

    /** The key may merely stand in the wrong section. */
    private static Optional<String> elsewhere(String name) {
        return SectionSpec.ROOT.paths().keySet().stream()
                .filter(path -> path.endsWith("." + name))
                .findFirst();
    }
}
