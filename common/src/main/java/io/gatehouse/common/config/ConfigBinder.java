package io.gatehouse.common.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records from what was written. It goes on after a mistake, with the default in its place, so that one start
 * shows all mistakes. Opens {@code file:} secrets, so it blocks.
 */
final class ConfigBinder {
    /** How many free names one key may hold. */
    static final int MOST_NAMES = 64;

    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,128}");

    private final Problems problems;
    private final Set<Role> roles;
    private final ValueReader reader;

    private ConfigBinder(Problems problems, Set<Role> roles) {
        this.problems = problems;
        this.roles = roles;
        this.reader = new ValueReader(problems, roles);
    }

    /**
     * Binds the whole tree.
     *
     * @throws ConfigException if there is any problem, including those found before
     */
    static GatehouseConfig bind(ConfigNode.Section tree, Problems problems) {
        ConfigBinder binder = new ConfigBinder(problems, rolesIn(tree, problems));
        Record config = binder.section(SectionSpec.ROOT, tree, "", true);
        if (!problems.isEmpty() || config == null) {
            throw new ConfigException(problems.all());
        }
        return (GatehouseConfig) config;
    }

    /**
     * Binds one section that stands for itself, with all that is checked about it; null where something required is missing.
     */
    static @Nullable Record bind(SectionSpec spec, ConfigNode.Section section, Problems problems) {
        return new ConfigBinder(problems, EnumSet.allOf(Role.class)).section(spec, section, "", true);
    }

    // The roles come first: they decide whose secrets may be opened.
    private static Set<Role> rolesIn(ConfigNode.Section tree, Problems problems) {
        KeySpec key = Objects.requireNonNull(SectionSpec.ROOT.key("roles"));
        List<?> roles =
                new ConfigBinder(problems, Set.of()).values(key, tree.entries().get("roles"), "roles", true);
        return roles.isEmpty() || problems.touch("roles")
                ? EnumSet.allOf(Role.class)
                : roles.stream().map(Role.class::cast).collect(Collectors.toSet());
    }

    private @Nullable Record section(SectionSpec spec, ConfigNode.Section node, String path, boolean mine) {
        UnknownKeys.report(spec, node, path, problems);
        List<KeySpec> keys = spec.keys();
        @Nullable Object[] values = new @Nullable Object[keys.size()];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            values[i] = entry(keys.get(i), node, path, mine);
            complete &= values[i] != null || !keys.get(i).key().required();
        }
        if (!complete) {
            return null;
        }
        Record record = spec.create(values);
        if (record instanceof Checked checked) {
            checked.check(new Rules(problems, node, path));
        }
        return record;
    }

    private @Nullable Object entry(KeySpec key, ConfigNode.Section section, String sectionPath, boolean mine) {
        String path = KeyPath.join(sectionPath, key.name());
        boolean owned = mine && owned(key);
        ConfigNode node = present(key, section.entries().get(key.name()), path, owned);
        if (key.section() != null) {
            if (key.key().optional() && ConfigNode.absent(node)) {
                return null;
            }
            return key.list() ? sections(key.section(), node, path, owned) : nested(key.section(), node, path, owned);
        }
        if (key.list()) {
            return values(key, node, path, owned);
        }
        if (key.map()) {
            return named(key, node, path, owned);
        }
        Object value = node == null ? null : reader.read(key, node, path, owned);
        // What only others may open is there all the same.
        boolean missing = owned || ConfigNode.absent(node);
        if (value == null && missing && key.key().required() && !problems.touch(path)) {
            problems.add(path, section.origin(), "is missing: give " + Values.expected(key));
        }
        return value == null ? ValueReader.standard(key) : value;
    }

    private boolean owned(KeySpec key) {
        Role[] owners = key.key().onlyFor();
        return owners.length == 0 || Arrays.stream(owners).anyMatch(roles::contains);
    }

    /** The node, unless it stands for nothing or behind a wall. */
    private @Nullable ConfigNode present(KeySpec key, @Nullable ConfigNode node, String path, boolean owned) {
        if (node == null || !key.key().walled() || owned || node.blank()) {
            return node;
        }
        String owners = Role.names(Arrays.asList(key.key().onlyFor()));
        problems.add(
                path,
                node.origin(),
                "belongs to the role " + owners + ", which this node (roles: " + Role.names(roles)
                        + ") doesn't run: remove it here");
        return null;
    }

    private @Nullable Record nested(SectionSpec spec, @Nullable ConfigNode node, String path, boolean mine) {
        if (node instanceof ConfigNode.Section section) {
            return section(spec, section, path, mine);
        }
        if (node != null && !node.blank()) {
            problems.add(path, node.origin(), "must be a section with keys: " + String.join(", ", spec.names()));
        }
        return section(spec, ConfigNode.Section.empty(node == null ? ConfigNode.DEFAULT : node.origin()), path, mine);
    }

    private List<Record> sections(SectionSpec spec, @Nullable ConfigNode node, String path, boolean mine) {
        List<Record> records = new ArrayList<>();
        List<ConfigNode> items = items(node, path, "sections");
        for (int i = 0; i < items.size(); i++) {
            String itemPath = KeyPath.item(path, i);
            if (items.get(i) instanceof ConfigNode.Section section) {
                Record record = section(spec, section, itemPath, mine);
                if (record != null) {
                    records.add(record);
                }
            } else {
                problems.add(
                        itemPath,
                        items.get(i).origin(),
                        "must be a section with keys: " + String.join(", ", spec.names()));
            }
        }
        return records;
    }

    private List<Object> values(KeySpec key, @Nullable ConfigNode node, String path, boolean mine) {
        List<ConfigNode> items = ConfigNode.absent(node)
                ? ConfigNode.commaSeparated(ConfigNode.DEFAULT, key.standard()).items()
                : items(severalSecrets(key, node), path, Values.expected(key));
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Object value = reader.read(key, items.get(i), KeyPath.item(path, i), mine);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Where secrets are rotated, one alone needs no brackets. */
    private static @Nullable ConfigNode severalSecrets(KeySpec key, @Nullable ConfigNode node) {
        return key.type() == SecretValue.class && node instanceof ConfigNode.Text
                ? new ConfigNode.Items(node.origin(), List.of(node))
                : node;
    }

    private List<ConfigNode> items(@Nullable ConfigNode node, String path, String of) {
        if (node instanceof ConfigNode.Items list) {
            return list.items();
        }
        if (node != null && !node.blank()) {
            problems.add(path, node.origin(), "must be a list, in brackets or with dashes, of: " + of);
        }
        return List.of();
    }

    private Map<String, Object> named(KeySpec key, @Nullable ConfigNode node, String path, boolean mine) {
        if (!(node instanceof ConfigNode.Section section)) {
            if (node != null && !node.blank()) {
                problems.add(path, node.origin(), "must be a section of names, each with " + Values.expected(key));
            }
            return Map.of();
        }
        if (section.entries().size() > MOST_NAMES) {
            problems.add(path, section.origin(), "has more than " + MOST_NAMES + " names: leave some out");
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        section.entries().forEach((name, text) -> {
            Object value = named(key, name, text, path, mine);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private @Nullable Object named(KeySpec key, String name, ConfigNode text, String path, boolean mine) {
        if (!NAME.matcher(name).matches()) {
            String what = "has the name " + Problems.quote(name) + ": give 1 to 128 characters without line breaks";
            problems.add(path, text.origin(), what);
            return null;
        }
        // a name has no default that could stand in for an empty value
        ConfigNode written = ConfigNode.absent(text) ? new ConfigNode.Text(text.origin(), "") : text;
        return reader.read(key, written, KeyPath.join(path, name), mine);
    }
}
