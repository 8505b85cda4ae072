package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file, the answer is a configuration or a ConfigException. */
@Timeout(60)
class HostileInputTest {
    private static final String[] NASTY = {
        "\"\"",
        "\" \"",
        "null",
        "~",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "{a: 1}",
        "-1",
        "0",
        "99999999999999999999",
        "1e9",
        ".nan",
        "true",
        "P",
        "PT",
        "-PT1H",
        "PT999999999999999999H",
        "P999999999999999999999D",
        "1/PT1S/",
        "/",
        "://",
        "\"\\0\"",
        "\"\\n\"",
        "\"\\uD800\"",
        "file:",
        "file:\"\\0\"",
        "\"file:\\0\"",
        "%",
        "\"%zz\"",
        "http://[",
        "2001-01-01",
        "!!set {a}",
        "\"" + "x".repeat(5000) + "\"",
    };

    static Stream<String> everyKey() {
        return SectionSpec.ROOT.paths().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource
    void everyKey(String path) {
        for (String value : NASTY) {
            StringBuilder yaml = new StringBuilder();
            for (String name : path.split("\\.")) {
                yaml.append(yaml.isEmpty() ? "" : "{").append(name).append(": ");
            }
            yaml.append(value).append("}".repeat(path.split("\\.").length - 1));
            survives(yaml.toString());
        }
    }

    @Test
    void everyKeyOfEntries() {
        SectionSpec bootstrap = SectionSpec.ROOT.key("bootstrap").section();
        for (KeySpec list : bootstrap.keys()) {
            for (KeySpec key : list.section().keys()) {
                for (String value : NASTY) {
                    survives("bootstrap: {" + list.name() + ": [{" + key.name() + ": " + value + "}]}");
                }
            }
        }
    }

    @Test
    void mutatedExamples() {
        Random random = new Random(42);
        String alphabet = "{}[]:,-&*!|>'\"%@`#\n \t0aZ\u00e9\uFFFF";
        for (int round = 0; round < 3000; round++) {
            StringBuilder yaml = new StringBuilder(GatehouseConfigTest.EXAMPLE);
            for (int i = 0; i <= random.nextInt(4); i++) {
                char character = alphabet.charAt(random.nextInt(alphabet.length()));
                yaml.setCharAt(random.nextInt(yaml.length()), character);
            }
            survives(yaml.toString());
        }
    }

    private static void survives(String yaml) {
        assertThatCode(() -> {
                    try {
                        ConfigLoader.parse(yaml);
                    } catch (ConfigException refused) {
                        assertThat(refused.problems()).isNotEmpty();
                    }
                })
                .as(yaml)
                .doesNotThrowAnyException();
    }
}
