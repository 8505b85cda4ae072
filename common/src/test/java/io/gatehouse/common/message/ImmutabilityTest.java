package io.gatehouse.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In process a message is handed over uncopied: who made it must not be able to change it any more. */
class ImmutabilityTest {
    private static final Set<String> IMMUTABLE = Set.of(
            "java.lang.String",
            "boolean",
            "int",
            "long",
            "java.time.Instant",
            "java.time.Duration",
            "io.gatehouse.common.crypto.Bytes");

    static Set<Class<? extends Record>> records() {
        return RecordsOfTheBus.all();
    }

    static Set<Class<? extends Record>> recordsWithCollections() {
        return records().stream()
                .filter(type -> Arrays.stream(type.getRecordComponents()).anyMatch(ImmutabilityTest::isCollection))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("records")
    void componentsAreImmutable(Class<? extends Record> type) {
        assertThat(type.getRecordComponents()).allSatisfy(component -> {
            Class<?> held = component.getType();
            assertThat(isCollection(component)
                            || held.isRecord()
                            || held.isEnum()
                            || held.isSealed()
                            || IMMUTABLE.contains(held.getName()))
                    .as("%s %s", held, component.getName())
                    .isTrue();
        });
        assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("recordsWithCollections")
    void collectionsAreCopied(Class<? extends Record> type) throws ReflectiveOperationException {
        Record sample = Samples.of(type);
        List<Object> given = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            given.add(mutable(component.getAccessor().invoke(sample)));
        }
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        Object made = canonical.newInstance(given.toArray());

        given.forEach(ImmutabilityTest::empty);

        assertThat(made).isEqualTo(sample);
        for (RecordComponent component : type.getRecordComponents()) {
            Object held = component.getAccessor().invoke(made);
            if (isCollection(component)) {
                assertThatThrownBy(() -> empty(held)).isInstanceOf(UnsupportedOperationException.class);
            }
        }
    }

    private static boolean isCollection(RecordComponent component) {
        return component.getType() == List.class || component.getType() == Map.class;
    }

    private static Object mutable(Object value) {
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        return value instanceof Map<?, ?> map ? new HashMap<>(map) : value;
    }

    private static void empty(Object value) {
        if (value instanceof Collection<?> list) {
            list.clear();
        } else if (value instanceof Map<?, ?> map) {
            map.clear();
        }
    }
}
