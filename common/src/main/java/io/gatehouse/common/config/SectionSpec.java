package io.gatehouse.common.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a record type says about one section: its keys in order, and how to make the record. */
final class SectionSpec {
    /** The whole configuration. */
    static final SectionSpec ROOT = of(GatehouseConfig.class, Map.of());

    private final Constructor<?> constructor;
    private final List<KeySpec> keys;

    private SectionSpec(Constructor<?> constructor, List<KeySpec> keys) {
        this.constructor = constructor;
        this.keys = keys;
    }

    /** @param defaults by key, where they differ from what the components say */
    static SectionSpec of(Class<?> type, Map<String, String> defaults) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        List<KeySpec> keys = Arrays.stream(components)
                .map(component -> KeySpec.of(component, defaults))
                .toList();
        if (!keys.stream().map(KeySpec::name).toList().containsAll(defaults.keySet())) {
            throw new IllegalStateException(type + " lacks a key of " + defaults.keySet());
        }
        try {
            return new SectionSpec(type.getDeclaredConstructor(types), keys);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    List<KeySpec> keys() {
        return keys;
    }

    List<String> names() {
        return keys.stream().map(KeySpec::name).toList();
    }

    @Nullable
    KeySpec key(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst().orElse(null);
    }

    /** Makes the record from values in the order of {@link #keys}. */
    Record create(@Nullable Object[] values) {
        try {
            return (Record) constructor.newInstance(values);
        } catch (ReflectiveOperationException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /** Every key that has a path of its own, by its path: all but the sections, and what lies within lists. */
    Map<String, KeySpec> paths() {
        Map<String, KeySpec> paths = new TreeMap<>();
        collect("", paths);
        return paths;
    }

    private void collect(String path, Map<String, KeySpec> paths) {
        for (KeySpec key : keys) {
            String below = KeyPath.join(path, key.name());
            if (key.section() == null || key.list()) {
                paths.put(below, key);
            } else {
                key.section().collect(below, paths);
            }
        }
    }
}
