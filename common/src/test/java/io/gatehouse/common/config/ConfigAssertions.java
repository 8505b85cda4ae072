package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;

/** What the tests of this package ask of a YAML text. */
final class ConfigAssertions {
    private ConfigAssertions() {}

    static GatehouseConfig parsed(String yaml) {
        return ConfigLoader.parse(yaml);
    }

    /** The lines of the refusal; fails if the text is accepted, or refused by anything but a ConfigException. */
    static List<String> problems(String yaml) {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.parse(yaml));
        assertThat(refusal).as("the refusal of:%n%s", yaml).isNotNull();
        assertThat(refusal.problems()).isNotEmpty();
        return refusal.problems().stream().map(Problem::toString).toList();
    }

    /** The one line of the refusal. */
    static String problem(String yaml) {
        List<String> problems = problems(yaml);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }
}
