package io.gatehouse.common.config;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a record component says about one key.
 *
 * @param name the key, without its section's path
 * @param key documentation, default and bounds
 * @param list whether it holds a list
 * @param type of the value or of the list's items; never primitive
 * @param section what the section below holds, or null for plain values
 * @param accessor reads it from a record
 */
record KeySpec(
        String name,
        Key key,
        boolean list,
        Class<?> type,
        @Nullable SectionSpec section,
        Method accessor) {

    private static final Map<Class<?>, Class<?>> BOXED = Map.of(int.class, Integer.class, boolean.class, Boolean.class);

    static KeySpec of(RecordComponent component) {
        Key key = Objects.requireNonNull(component.getAnnotation(Key.class), () -> component + " lacks @Key");
        boolean list = component.getType() == List.class;
        Class<?> declared = list ? itemType(component.getGenericType()) : component.getType();
        Class<?> type = BOXED.getOrDefault(declared, declared);
        SectionSpec section = type.isRecord() && !Values.reads(type) ? SectionSpec.of(type) : null;
        if (section == null && !Values.reads(type)) {
            throw new IllegalStateException("no way to read a " + type + " for " + component);
        }
        if (declared.isPrimitive() && key.defaultValue().isEmpty()) {
            throw new IllegalStateException(component + " is primitive and needs a default");
        }
        return new KeySpec(KeyPath.ofComponent(component.getName()), key, list, type, section, component.getAccessor());
    }

    private static Class<?> itemType(Type list) {
        return (Class<?>) ((ParameterizedType) list).getActualTypeArguments()[0];
    }

    /** Whether it is a plain value or a list of plain values. */
    boolean plain() {
        return section == null;
    }

    /** Whether its value must not be shown. */
    boolean hidden() {
        return key.masked() || type == SecretValue.class;
    }

    /** The value in a record; the record must be of the type this was made from. */
    @Nullable
    Object read(Record record) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
