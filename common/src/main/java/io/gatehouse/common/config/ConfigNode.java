package io.gatehouse.common.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was written, before it means anything: texts in sections and lists, each knowing where it comes from. Every
 * source gives this form, so that a value means the same in a file, the environment and a mounted secret.
 */
sealed interface ConfigNode {
    /** The origin of what nobody wrote. */
    String DEFAULT = "default";

    /** Where it was written: a file and a line, a variable. */
    String origin();

    /** Whether it says nothing: null, or sections and lists of nothing. */
    boolean blank();

    /** Whether it is the same as leaving the key out; an empty section is written, though it says nothing. */
    static boolean absent(@Nullable ConfigNode node) {
        return node == null || (node instanceof Text text && text.value() == null);
    }

    /** A list as it stands in a variable: a,b,c; the empty text is the empty list. */
    static Items commaSeparated(String origin, String text) {
        List<ConfigNode> items = text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(item -> (ConfigNode) new Text(origin, item.strip()))
                        .toList();
        return new Items(origin, items);
    }

    /** A single value; null is YAML's null, the same as leaving the key out. */
    record Text(String origin, @Nullable String value) implements ConfigNode {
        @Override
        public boolean blank() {
            return value == null;
        }
    }

    /** A list. */
    record Items(String origin, List<ConfigNode> items) implements ConfigNode {
        @Override
        public boolean blank() {
            return items.isEmpty();
        }
    }

    /** Keys and what they hold, in the order written; sources of higher precedence write into it. */
    record Section(String origin, Map<String, ConfigNode> entries) implements ConfigNode {
        static Section empty(String origin) {
            return new Section(origin, new LinkedHashMap<>());
        }

        @Override
        public boolean blank() {
            return entries.values().stream().allMatch(ConfigNode::blank);
        }

        /** Where the key, which may lie in a section below, was set, or else where the section around it begins. */
        String originOf(String key) {
            int dot = key.indexOf('.');
            ConfigNode entry = entries.get(dot < 0 ? key : key.substring(0, dot));
            if (dot >= 0 && entry instanceof Section below) {
                return below.originOf(key.substring(dot + 1));
            }
            return entry == null ? origin : entry.origin();
        }

        /** Lays another section over this one: sections are merged, anything else is replaced. */
        void overlay(Section above) {
            above.entries.forEach((key, node) -> {
                if (node instanceof Section upper && entries.get(key) instanceof Section lower) {
                    lower.overlay(upper);
                } else {
                    entries.put(key, node);
                }
            });
        }
    }
}
