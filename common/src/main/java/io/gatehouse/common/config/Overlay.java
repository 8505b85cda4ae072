package io.gatehouse.common.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lays single values, named by their key, over what the file says. Names of variables are found by going through the
 * keys there are: read backwards, {@code GATEHOUSE_TOKENS_ACCESS_TTL} could as well be {@code tokens.access.ttl}.
 */
final class Overlay {
    /** Names that are ours without being keys, without prefix. */
    private static final Set<String> RESERVED = Set.of("SECRETS_DIR", "HOME", "JAVA_OPTS", "CONFIG");

    private final Map<String, KeySpec> paths = SectionSpec.ROOT.paths();
    private final Map<String, String> byVariable = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final ConfigNode.Section tree;
    private final Problems problems;

    Overlay(ConfigNode.Section tree, Problems problems) {
        this.tree = tree;
        this.problems = problems;
        paths.keySet().forEach(path -> byVariable.put(KeyPath.environmentName(path), path));
    }

    /** What was odd but harmless, a sentence each. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Files of a mounted directory, by name: a key's path or its variable's name. */
    void secrets(Map<String, String> files) {
        new TreeMap<>(files).forEach((name, text) -> {
            String path = byVariable.getOrDefault(name, name);
            String origin = "secret file " + name;
            if (paths.containsKey(path)) {
                put(path, text, origin);
            } else {
                warnings.add(origin + " is named after no key and is ignored" + meant(name, paths.keySet()));
            }
        });
    }

    /** Environment variables; those of others are skipped. */
    void environment(Map<String, String> variables) {
        new TreeMap<>(variables).forEach((name, text) -> {
            if (name.startsWith(KeyPath.ENVIRONMENT) && !reserved(name.substring(KeyPath.ENVIRONMENT.length()))) {
                variable(name, text);
            }
        });
    }

    private void variable(String name, String text) {
        String path = byVariable.get(name);
        String origin = "environment variable " + name;
        if (path == null) {
            warnings.add(origin + " is unknown and is ignored" + meant(name, byVariable.keySet()));
        } else if (setByKubernetes(name, text)) {
            warnings.add(origin + " is ignored: Kubernetes sets it for a service of that name (enableServiceLinks)");
        } else {
            put(path, text, origin);
        }
    }

    private static boolean setByKubernetes(String name, String text) {
        return name.endsWith("_PORT") && text.matches("(tcp|udp|sctp)://.*");
    }

    /** System properties; those of others are skipped. */
    void properties(Map<String, String> properties) {
        new TreeMap<>(properties).forEach((name, text) -> {
            if (name.startsWith(KeyPath.PROPERTY)) {
                property(name.substring(KeyPath.PROPERTY.length()), text, "system property " + name);
            }
        });
    }

    private void property(String path, String text, String origin) {
        if (paths.containsKey(path)) {
            put(path, text, origin);
        } else if (!reserved(path.replace('.', '_').toUpperCase(Locale.ROOT))) {
            warnings.add(origin + " is unknown and is ignored" + meant(path, paths.keySet()));
        }
    }

    /** What the caller has set, by path; an unknown path is a problem. */
    void commandLine(Map<String, String> options) {
        options.forEach((path, text) -> {
            if (paths.containsKey(path)) {
                put(path, text, "command line");
            } else {
                problems.add(path, "command line", "is unknown" + meant(path, paths.keySet()));
            }
        });
    }

    private static boolean reserved(String name) {
        return RESERVED.contains(name);
    }

    private static String meant(String name, Set<String> names) {
        return NearestName.of(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private void put(String path, String text, String origin) {
        ConfigNode.Section section = tree;
        int start = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
            section = below(section, path.substring(start, dot), origin);
            if (section == null) {
                return;
            }
            start = dot + 1;
        }
        section.entries().put(path.substring(start), node(path, text, origin));
    }

    /** The section of that name, made if there is none; null if the file holds something else there: a problem found later. */
    private static ConfigNode.@Nullable Section below(ConfigNode.Section section, String name, String origin) {
        ConfigNode node = section.entries().get(name);
        if (node instanceof ConfigNode.Section found) {
            return found;
        }
        if (node != null && !node.blank()) {
            return null;
        }
        ConfigNode.Section made = ConfigNode.Section.empty(origin);
        section.entries().put(name, made);
        return made;
    }

    private ConfigNode node(String path, String text, String origin) {
        KeySpec key = paths.get(path);
        if (key == null || key.shape() == KeySpec.Shape.SINGLE) {
            return new ConfigNode.Text(origin, text);
        }
        if (key.list() && key.plain()) {
            return ConfigNode.commaSeparated(origin, text);
        }
        ConfigNode written = YamlReader.read(origin, text, problems);
        return written == null ? new ConfigNode.Items(origin, List.of()) : written;
    }
}
