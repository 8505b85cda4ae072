package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What must hold for every record of the tree, also those that are still to come. */
class SectionSpecTest {
    @Test
    void variablesAreUnambiguous() {
        Set<String> names = new HashSet<>();
        assertThat(SectionSpec.ROOT.paths().keySet())
                .allSatisfy(path -> assertThat(names.add(KeyPath.environmentName(path)))
                        .as(path)
                        .isTrue());
    }

    @Test
    void whatMayBeAbsentIsNullable() {
        check(GatehouseConfig.class);
    }

    private static void check(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            KeySpec key = KeySpec.of(component);
            boolean absent = key.plain()
                    && !key.list()
                    && key.key().defaultValue().isEmpty()
                    && !key.key().required();
            absent |= key.key().optional();
            assertThat(component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .as(component.toString())
                    .isEqualTo(absent);
            if (!key.plain()) {
                check(key.type());
            }
        }
    }

    @Test
    void namesAreSnakeCase() {
        assertThat(KeyPath.ofComponent("loginFailuresPerAccountAndAddress"))
                .isEqualTo("login_failures_per_account_and_address");
        assertThat(SectionSpec.ROOT.paths()).containsKeys("tokens.access_ttl", "tokens.families.login.enabled");
    }
}
