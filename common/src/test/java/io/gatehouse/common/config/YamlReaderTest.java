package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile and broken YAML: a clear refusal, and soon. */
@Timeout(10)
class YamlReaderTest {
    @Test
    void duplicateKeysAreErrors() {
        assertThat(problem("server: {port: 1}\nlog: {access: true}\nserver: {port: 2}"))
                .isEqualTo("server (YAML line 3): is given twice (first in YAML line 1): keep one");
        assertThat(problem("tokens:\n  access_ttl: PT1M\n  access_ttl: PT1M"))
                .contains("tokens.access_ttl (YAML line 3): is given twice");
        assertThat(problem("bootstrap: {users: [{username: a, username: b}]}"))
                .startsWith("bootstrap.users[0].username (YAML line 1): is given twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: {port: 1",
                "server:\n\tport: 1",
                "a: b: c",
                "key: 'unfinished",
                "*unknown",
                "%YAML 9.9\n---\na: 1",
                "one: 1\n---\ntwo: 2",
                "\u0001",
                "key: \u0000",
                "@",
            })
    void brokenYamlTellsThePlace(String yaml) {
        assertThat(problem(yaml)).startsWith("YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"planted\" planted",
                "*planted",
                "!planted",
                "!planted! x",
                "!<planted> x",
                "&planted &x",
                "|planted",
                "@planted",
                "{planted",
                "[planted",
                "%planted",
                "'planted",
                "!!planted x",
                "a: planted: b",
                "`planted"
            })
    void unquotedSecretsAreNotShown(String password) {
        String yaml = "bootstrap:\n  users:\n    - username: ada\n      password: " + password;
        assertThat(problems(yaml).toString()).doesNotContain("planted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text", "[1, 2]", "42", "- a\n- b"})
    void fileMustHoldKeys(String yaml) {
        assertThat(problem(yaml)).contains("must hold keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# comment", "---", "{}", "null", "~"})
    void emptyFileIsFine(String yaml) {
        assertThat(parsed(yaml)).isEqualTo(parsed(""));
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(problem("a: " + "[".repeat(100_000))).containsIgnoringCase("depth");
        assertThat(problem("a: " + "{a: ".repeat(100_000))).containsIgnoringCase("depth");
    }

    @Test
    void aliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 24; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(problem(bomb.toString())).contains("expands to more than any configuration needs");
        String many = "a: &a [x]\nb: [" + "*a, ".repeat(60) + "*a]";
        assertThat(problem(many)).contains("aliases");
    }

    @Test
    void selfReferenceIsRefused() {
        assertThat(problem("a: &a [*a]")).contains("expands");
        assertThat(problem("a: &a {b: *a}")).contains("expands");
    }

    @Test
    void plainAliasesWork() {
        assertThat(parsed("server: {idle_timeout: &t PT7S}\ntokens: {refresh_replay_window: *t}")
                        .tokens()
                        .refreshReplayWindow())
                .hasSeconds(7);
    }

    @Test
    void mergeKeysAreUnknown() {
        assertThat(problem("server: &s {port: 1}\nmanagement: {<<: *s}")).contains("management.<<");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: !!javax.script.ScriptEngineManager {port: 1}",
                "server: {port: !int 5}",
                "log: {level: !!binary aW5mbw==}",
            })
    void tagsAreRefused(String yaml) {
        assertThat(problems(yaml)).first().asString().contains("has a YAML tag");
    }

    @Test
    void keysMustBeNames() {
        assertThat(problem("? [a, b]\n: 1")).contains("has a key that is no name");
        assertThat(problem("1: 2")).startsWith("1 (YAML line 1): is unknown");
    }

    @Test
    void hugeTextIsRefused() {
        assertThat(problems("issuer: https://" + "x".repeat(1 << 20)).getFirst())
                .startsWith("YAML");
    }
}
