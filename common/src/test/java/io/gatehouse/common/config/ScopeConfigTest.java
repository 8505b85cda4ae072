package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeConfigTest {
    @Test
    void aScopeIsSaidInEveryLanguage() {
        GatehouseConfig config = parsed("""
                scopes:
                  - {name: calendar.read, description: see your calendar, description_de: Ihren Kalender sehen}
                  - {name: "https://api.example.org/mail", description: send mail}
                """);
        assertThat(config.scopes())
                .containsExactly(
                        new ScopeConfig("calendar.read", "see your calendar", "Ihren Kalender sehen"),
                        new ScopeConfig("https://api.example.org/mail", "send mail", null));
        assertThat(config.scopes().getFirst().in("en")).isEqualTo("see your calendar");
        assertThat(config.scopes().getFirst().in("de")).isEqualTo("Ihren Kalender sehen");
        assertThat(config.scopes().getLast().in("de")).isEqualTo("send mail");
        assertThat(parsed("").scopes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\\\\b", "ä"})
    void aNameIsAScopeToken(String name) {
        assertThat(problem("scopes: [{name: \"" + name + "\", description: x}]"))
                .startsWith("scopes[0].name ");
    }

    @Test
    void aScopeIsDescribedOnce() {
        assertThat(problem("scopes: [{name: a, description: x}, {name: a, description: y}]"))
                .contains("lists a twice: keep one entry");
        assertThat(problem("scopes: [{name: a}]")).startsWith("scopes[0].description ");
        assertThat(problem("scopes: [{name: a, description: \"\"}]")).startsWith("scopes[0].description ");
    }
}
