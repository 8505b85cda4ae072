package io.gatehouse.common.config;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a record component says about one key.
 *
 * @param name the key, without its section's path
 * @param key documentation, default and bounds
 * @param shape how many values it holds
 * @param type of the value, or of each of several; never primitive
 * @param section what the section below holds, or null for plain values
 * @param standard the default as it would stand in a file; empty: none
 * @param accessor reads it from a record
 */
record KeySpec(
        String name,
        Key key,
        Shape shape,
        Class<?> type,
        @Nullable SectionSpec section,
        String standard,
        Method accessor) {

    enum Shape {
        SINGLE,
        LIST,
        /** Names that are free, each with a plain value. */
        MAP
    }

    private static final Map<Class<?>, Class<?>> BOXED = Map.of(int.class, Integer.class, boolean.class, Boolean.class);

    /** @param defaults of the section, by key, where they differ from what the components say */
    static KeySpec of(RecordComponent component, Map<String, String> defaults) {
        Key key = Objects.requireNonNull(component.getAnnotation(Key.class), () -> component + " lacks @Key");
        Shape shape = shape(component.getType());
        Class<?> declared = shape == Shape.SINGLE ? component.getType() : lastArgument(component.getGenericType());
        Class<?> type = BOXED.getOrDefault(declared, declared);
        SectionSpec section = type.isRecord() && !Values.reads(type) ? SectionSpec.of(type, defaultsBelow(key)) : null;
        if (section == null ? !Values.reads(type) : shape == Shape.MAP) {
            throw new IllegalStateException("no way to read a " + type + " for " + component);
        }
        String name = KeyPath.ofComponent(component.getName());
        String standard = defaults.getOrDefault(name, key.defaultValue());
        if (declared.isPrimitive() && standard.isEmpty()) {
            throw new IllegalStateException(component + " is primitive and needs a default");
        }
        return new KeySpec(name, key, shape, type, section, standard, component.getAccessor());
    }

    private static Shape shape(Class<?> type) {
        if (type == List.class) {
            return Shape.LIST;
        }
        return type == Map.class ? Shape.MAP : Shape.SINGLE;
    }

    private static Class<?> lastArgument(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return (Class<?>) arguments[arguments.length - 1];
    }

    private static Map<String, String> defaultsBelow(Key key) {
        return Arrays.stream(key.defaults())
                .map(text -> text.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    boolean list() {
        return shape == Shape.LIST;
    }

    boolean map() {
        return shape == Shape.MAP;
    }

    /** Whether it holds plain values, one or several. */
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
