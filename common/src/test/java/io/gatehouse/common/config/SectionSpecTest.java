package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
            KeySpec key = KeySpec.of(component, Map.of());
            boolean absent = key.plain()
                    && key.shape() == KeySpec.Shape.SINGLE
                    && key.standard().isEmpty()
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
    void aSectionMayHaveDefaultsOfItsOwn() {
        SectionSpec families = SectionSpec.of(FamiliesConfig.class, Map.of());

        assertThat(standards(families.key("loginradius")))
                .containsEntry("access_ttl", "PT15M")
                .containsEntry("refresh_ttl", "P60D")
                .containsEntry("refresh_idle_ttl", "P60D");
        assertThat(standards(families.key("login"))).containsEntry("refresh_ttl", "P7D");
    }

    private static Map<String, String> standards(KeySpec key) {
        return key.section().keys().stream().collect(Collectors.toMap(KeySpec::name, KeySpec::standard));
    }

    @Test
    void aDefaultOfNoKeyIsADefect() {
        assertThatThrownBy(() -> SectionSpec.of(FamilyConfig.class, Map.of("refresh_tl", "P1D")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refresh_tl");
    }

    record Nested(@Key(doc = "No.") Map<String, FamilyConfig> families) {}

    @Test
    void freeNamesHoldPlainValuesOnly() {
        assertThatThrownBy(() -> SectionSpec.of(Nested.class, Map.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesAreSnakeCase() {
        assertThat(KeyPath.ofComponent("loginFailuresPerAccountAndAddress"))
                .isEqualTo("login_failures_per_account_and_address");
        assertThat(SectionSpec.ROOT.paths()).containsKeys("tokens.access_ttl", "tokens.families.login.enabled");
    }
}
