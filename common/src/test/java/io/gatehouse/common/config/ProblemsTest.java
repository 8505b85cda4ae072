package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of mistake, and that all of them are told at once. */
class ProblemsTest {
    @Test
    void unknownKeyNamesTheNearest() {
        assertThat(problem("tokens:\n  acces_ttl: PT5M"))
                .isEqualTo("tokens.acces_ttl (YAML line 2): is unknown; did you mean access_ttl?");
    }

    @Test
    void unknownKeyInTheWrongSectionNamesTheRightOne() {
        assertThat(problem("max_body: 1024")).contains("did you mean server.max_body?");
    }

    @Test
    void unknownKeyLikeNoOtherListsTheKnown() {
        assertThat(problem("management: {colour: red}")).contains("known here: host, port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server: {port: web}|server.port|is \"web\": give a whole number from 0 to 65535",
                "server: {port: 8080.5}|server.port|is \"8080.5\"",
                "server: {port: 99999999999}|server.port|is \"99999999999\"",
                "tokens: {access_ttl: 10m}|tokens.access_ttl|is \"10m\": give an ISO-8601 duration from PT10S to PT1H",
                "log: {access: yes}|log.access|give true or false",
                "roles: [gatway]|roles[0]|give one of gateway, token, store; did you mean gateway?",
                "store: {kind: mysql}|store.kind|is \"mysql\": give one of embedded, postgres",
                "store: {uri: 'postgresql://u:p@h/d'}|store.uri|is for store.kind: postgres",
                "store: {kind: postgres, uri: 'mysql://u:p@h/d'}|store.uri|is not of the form postgresql://USER:PASSWORD@",
                "store: {kind: postgres, uri: 'postgresql://u:p@h/d?sslmode=sure'}|store.uri|has an unknown sslmode",
                "tokens: {signing_algorithm: none}|tokens.signing_algorithm|give one of ES256, RS256, PS256, EdDSA",
                "tokens: {signing_algorithm: es256}|tokens.signing_algorithm|did you mean ES256?",
                "log: {level: loud}|log.level|give one of error, warn, info",
                "limits: {login_failures_per_account: 10}|limits.login_failures_per_account|10/PT15M",
                "limits: {login_failures_per_account: -1/PT1M}|limits.login_failures_per_account|10/PT15M",
                "limits: {login_failures_per_account: 5/PT0S}|limits.login_failures_per_account|10/PT15M",
                "server: {trusted_proxies: [proxy.example.org]}|server.trusted_proxies[0]|IP address or CIDR block",
                "server: {trusted_proxies: [10.0.0.7/8]}|server.trusted_proxies[0]|IP address or CIDR block",
                "server: {trusted_proxies: [0.0.0.0/0]}|server.trusted_proxies|trusts every address",
                "server: {host: 'http://127.0.0.1'}|server.host|without scheme and port",
                "server: {host: '127.0.0.1:8080'}|server.host|without scheme and port",
                "roles: []|roles|name at least one role",
                "roles: [store, store]|roles|name each role once",
            })
    void wrongValueIsToldWithWhatWouldDo(String yaml, String path, String text) {
        assertThat(problem(yaml)).startsWith(path + " (YAML line 1): ").contains(text);
    }

    @ParameterizedTest
    @CsvSource({
        "server, port, 65536, a whole number from 0 to 65535",
        "server, max_body, 10, a whole number from 1024 to 16777216",
        "tokens, access_ttl, PT9S, an ISO-8601 duration from PT10S to PT1H",
        "tokens, access_ttl, PT2H, an ISO-8601 duration from PT10S to PT1H",
        "tokens, refresh_replay_window, PT61S, an ISO-8601 duration from PT0S to PT1M",
        "revocation, staleness, PT4S, an ISO-8601 duration from PT5S to PT2M",
    })
    void outOfRangeTellsTheRange(String section, String key, String value, String range) {
        assertThat(problem(section + ": {" + key + ": " + value + "}"))
                .isEqualTo(section + "." + key + " (YAML line 1): is \"" + value + "\", which is out of range: give "
                        + range);
    }

    @Test
    void keysThatContradictEachOtherAreToldOnce() {
        assertThat(problem("tokens: {refresh_ttl: P1D}"))
                .contains("tokens.refresh_idle_ttl")
                .contains("P1D");
        assertThat(problem("revocation: {heartbeat: PT5S, staleness: PT10S}")).contains("three heartbeats");
        // the wrong refresh_ttl is the mistake, not that its default is shorter than the other
        assertThat(problem("tokens: {refresh_ttl: 90 days, refresh_idle_ttl: P60D}"))
                .contains("tokens.refresh_ttl");
    }

    @Test
    void wrongShapeTellsTheRightOne() {
        assertThat(problem("server: 8080")).contains("must be a section with keys: host, port");
        assertThat(problem("server: [8080]")).contains("must be a section with keys: host, port");
        assertThat(problem("server: {port: [1]}")).contains("holds a list or a section: give a whole number");
        assertThat(problem("server: {port: {a: 1}}")).contains("server.port").contains("give a whole number");
        assertThat(problem("roles: gateway")).contains("must be a list").contains("one of gateway, token, store");
        assertThat(problem("bootstrap: {users: {username: ada}}"))
                .contains("must be a list")
                .contains("sections");
        assertThat(problem("bootstrap: {users: [ada]}"))
                .contains("bootstrap.users[0]")
                .contains("username");
    }

    @Test
    void emptyIsNoValueButNullIsAsIfAbsent() {
        assertThat(problem("tokens: {access_ttl: \"\"}")).contains("is empty: give an ISO-8601 duration");
        assertThat(ConfigLoader.parse("tokens: {access_ttl: }\nserver:\nbootstrap: {clients: }\nroles:"))
                .isEqualTo(ConfigLoader.parse(""));
        // an empty variable must not silently make a new master key
        assertThat(problem("keys: {master_key: }")).contains("keys.master_key").contains("is empty");
    }

    @Test
    void missingKeyIsToldAtItsSection() {
        assertThat(problem("bootstrap:\n  users:\n    - {name: Ada}"))
                .startsWith(
                        "bootstrap.users[0].username (YAML line 3): is missing: give a text of 1 to 200 characters");
    }

    @Test
    void allAreReportedAtOnce() {
        List<String> problems = problems("""
                isuer: https://login.example.org
                server: {port: web, max_body: 1}
                tokens: {access_ttl: PT2H, signing_algorithm: none, refresh_ttl: P1D}
                limits: {login_attempts_per_address: many}
                bootstrap:
                  clients:
                    - {client_id: web, client_secret: short, redirect_uris: [/callback, "javascript:x"]}
                    - {client_secret: 0123456789abcdef0123456789abcdef}
                  users:
                    - {username: ada, password: pw, email: ada, phone: 555}
                keys: {master_key: abc}
                """);
        assertThat(problems)
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly(
                        "isuer",
                        "server.port",
                        "server.max_body",
                        "tokens.access_ttl",
                        "tokens.signing_algorithm",
                        "tokens.refresh_idle_ttl",
                        "limits.login_attempts_per_address",
                        "bootstrap.clients[0].client_secret",
                        "bootstrap.clients[0].redirect_uris[0]",
                        "bootstrap.clients[0].redirect_uris[1]",
                        "bootstrap.clients[1].client_id",
                        "bootstrap.users[0].password",
                        "bootstrap.users[0].email",
                        "bootstrap.users[0].phone",
                        "keys.master_key");
    }

    @Test
    void messageHasALinePerProblem() {
        assertThatThrownBy(() -> ConfigLoader.parse("tokens: {a: 1}\nserver: {\"evil\\nkey\": 1}"))
                .hasMessageStartingWith("The configuration has 2 problems:\n")
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(3));
    }

    @Test
    void messageOfAWrongFileStaysReadable() {
        String yaml = IntStream.range(0, 500).mapToObj(i -> "zzz" + i + ": 1").collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> ConfigLoader.parse(yaml))
                .hasMessageEndingWith("and 400 more")
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(102));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"postgres://user:planted-password@db.example.org/x", "planted-password", "10.0.0.0/planted"})
    void valuesOfSecretsAreNeverQuoted(String value) {
        assertThat(problems("keys: {master_key: \"" + value + "\"}").toString()).doesNotContain("planted");
        assertThat(problems("keys: \"" + value + "\"").toString()).doesNotContain("planted");
        assertThat(problems("bootstrap: {clients: [{client_id: a, client_secret: [\"" + value + "\"]}]}")
                        .toString())
                .doesNotContain("planted");
        assertThat(problems("bootstrap: {users: [{username: a, email: \"@" + value + "\"}]}")
                        .toString())
                .doesNotContain("planted");
    }
}
