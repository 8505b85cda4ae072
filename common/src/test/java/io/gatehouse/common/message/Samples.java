package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.SessionId;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One instance of any record, with values that are made of the names of its components: the same in every run. */
public final class Samples {
    private static final long SOME_SECOND = 1_700_000_000L;

    private final int alternative;

    private Samples(int alternative) {
        this.alternative = alternative;
    }

    public static <T extends Record> T of(Class<T> type) {
        return of(type, 0);
    }

    /** @param alternative which record stands where a sealed interface is asked for; the last, where it has fewer */
    public static <T extends Record> T of(Class<T> type, int alternative) {
        return type.cast(new Samples(alternative).simple(type, "value"));
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? List.of(value(arguments[0], name + "-1"), value(arguments[0], name + "-2"))
                    : Map.of(name + "-key", value(arguments[1], name));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        if (plain.isSealed()) {
            Class<?>[] permitted = plain.getPermittedSubclasses();
            return make(permitted[Math.min(alternative, permitted.length - 1)]);
        }
        return simple(plain, name);
    }

    private Object simple(Class<?> type, String name) {
        long number = name.hashCode();
        return switch (type.getName()) {
            case "java.lang.String" -> name + "-text";
            case "boolean" -> true;
            case "int" -> (int) number;
            case "long" -> number * 1_000_003L;
            case "java.time.Instant" ->
                Instant.ofEpochSecond(SOME_SECOND + Math.floorMod(number, 100_000), 123_456_789);
            case "java.time.Duration" -> Duration.ofSeconds(Math.floorMod(number, 100_000), 1);
            case "io.gatehouse.common.crypto.Bytes" -> Bytes.utf8(name + "-bytes");
            case "io.gatehouse.common.crypto.Secret" -> Secret.of(name + "-secret");
            case "io.gatehouse.common.crypto.Digest" -> Digest.of(name);
            case "io.gatehouse.common.model.GrantId" ->
                new GrantId(Digest.of(name).value().slice(0, GrantId.LENGTH));
            case "io.gatehouse.common.model.SessionId" ->
                new SessionId(Digest.of(name).value().slice(0, SessionId.LENGTH));
            default -> make(type);
        };
    }

    private Object make(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return canonical.newInstance(Arrays.stream(components)
                    .map(component -> value(component.getGenericType(), component.getName()))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + type, e);
        }
    }
}
