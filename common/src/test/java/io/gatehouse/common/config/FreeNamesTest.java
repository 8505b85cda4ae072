package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections whose names are not known beforehand. */
class FreeNamesTest {
    private static final String SECRET = "app-secret-0123456789abcdef01234";

    private static String app(String metadata) {
        return "bootstrap: {jwt_apps: [{name: shop, secret: " + SECRET + ", metadata: " + metadata + "}]}";
    }

    private static Map<String, String> metadata(String written) {
        return parsed(app(written)).bootstrap().jwtApps().getFirst().metadata();
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i + ": v").collect(Collectors.joining(", ", "{", "}"));
    }

    @Test
    void valuesAreTexts() {
        assertThat(metadata("{plan: gold, level: 010, on: yes, 'https://example.org/a.b': ' x ', \"\u00e9 \": \u00fc}"))
                .containsOnly(
                        Map.entry("plan", "gold"),
                        Map.entry("level", "010"),
                        Map.entry("on", "yes"),
                        Map.entry("https://example.org/a.b", " x "),
                        Map.entry("\u00e9 ", "\u00fc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "~"})
    void nothingWrittenIsNoName(String written) {
        assertThat(metadata(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: }|.a|is empty",
                "{a: ''}|.a|is empty",
                "{a: {b: c}}|.a|holds a list or a section: give a text of at most 4096 characters",
                "{a: [b]}|.a|holds a list or a section",
                "{a: \"x\\ny\"}|.a|give a text",
                "{a: b, a: c}|.a|is given twice",
                "{'': a}||has the name \"\"",
                "{\"a\\nb\": c}||has the name \"a?b\"",
                "text||must be a section of names, each with a text of at most 4096 characters",
                "[a]||must be a section of names",
            })
    void mistakesAreToldAtTheName(String written, String key, String text) {
        assertThat(problem(app(written)))
                .startsWith("bootstrap.jwt_apps[0].metadata" + (key == null ? "" : key) + " (YAML line 1): ")
                .contains(text);
    }

    @Test
    void everythingIsBounded() {
        assertThat(metadata(names(64))).hasSize(64);
        assertThat(problem(app(names(65)))).contains("metadata (YAML line 1): has more than 64 names");
        assertThat(metadata("{" + "n".repeat(128) + ": v}")).hasSize(1);
        assertThat(problem(app("{" + "n".repeat(129) + ": v}")))
                .contains("metadata (YAML line 1): has the name")
                .hasSizeLessThan(300);
        assertThat(metadata("{a: " + "v".repeat(4096) + "}")).hasSize(1);
        assertThat(problem(app("{a: " + "v".repeat(4097) + "}"))).contains("has 4097 characters");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(problems(app("{a: , b: [], '': c}"))).hasSize(3);
    }

    @Test
    void theMaskedFormShowsThemSoThatTheyReadBack() {
        String written = "{b: \"it's, {odd}: #\", a: 'true', 'x: y': \"\\\"\"}";
        String masked = parsed(app(written)).masked();
        assertThat(masked)
                .contains("metadata: {\"x: y\": \"\\\"\", a: true, b: \"it's, {odd}: #\"}\n")
                .doesNotContain(SECRET);

        String line = masked.lines()
                .filter(each -> each.strip().startsWith("metadata: "))
                .findFirst()
                .orElseThrow();
        assertThat(metadata(line.strip().substring("metadata: ".length()))).isEqualTo(metadata(written));
    }
}
