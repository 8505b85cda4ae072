package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAppConfigTest {
    private static final String SECRET = "app-secret-0123456789abcdef01234";
    /** No key: what is in it is checked where it is used. */
    private static final String PEM = """
            -----BEGIN PRIVATE KEY-----
            cGxhbnRlZCBwbGFudGVkIHBsYW50ZWQgcGxhbnRlZA==
            -----END PRIVATE KEY-----""";

    private static String app(String rest) {
        return "bootstrap: {jwt_apps: [{name: shop, " + rest + "}]}";
    }

    private static String shared(String rest) {
        return app("secret: " + SECRET + ", " + rest);
    }

    private static JwtAppConfig only(String yaml) {
        return parsed(yaml).bootstrap().jwtApps().getFirst();
    }

    @Test
    void nameAndSecretAreEnough() {
        assertThat(only(app("secret: " + SECRET)))
                .isEqualTo(new JwtAppConfig(
                        "main",
                        "shop",
                        "HS256",
                        SecretValue.of(SECRET),
                        600,
                        null,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        false));
        assertThat(parsed(app("secret: " + SECRET)).bootstrap().isEmpty()).isFalse();
    }

    @Test
    void everyKeyIsBoundAsWritten() {
        assertThat(only("""
                        bootstrap:
                          tenants: [{id: acme}]
                          jwt_apps:
                            - tenant: acme
                              name: Shop_1.x-y
                              algorithm: HS512
                              secret: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                              expires_in: 2592000
                              site_url: https://shop.example.org/
                              audiences: [shop, "https://api.example.org"]
                              mapping: {mail: "Email[0].Value"}
                              metadata: {plan: gold}
                              disabled: true
                        """))
                .isEqualTo(new JwtAppConfig(
                        "acme",
                        "Shop_1.x-y",
                        "HS512",
                        SecretValue.of("0123456789abcdef".repeat(4)),
                        2592000,
                        URI.create("https://shop.example.org/"),
                        List.of("shop", "https://api.example.org"),
                        Map.of("mail", "Email[0].Value"),
                        Map.of("plan", "gold"),
                        true));
    }

    @Test
    void nothingInItCanBeChanged() {
        JwtAppConfig app = only(shared("audiences: [a], mapping: {b: Uid}, metadata: {c: d}"));
        assertThatThrownBy(() -> app.audiences().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> app.mapping().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> app.metadata().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(app.toString()).contains("shop").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "ES256", "ES384", "ES512"})
    void aKeyInPemStandsInABlock(String algorithm) {
        String yaml = "bootstrap:\n  jwt_apps:\n    - name: shop\n      algorithm: " + algorithm + "\n      secret: |\n"
                + PEM.indent(8);
        assertThat(only(yaml).secret().reveal().strip()).isEqualTo(PEM);
    }

    @Test
    void aKeyInPemStandsInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"), PEM + "\n");
        assertThat(only(app("algorithm: ES256, secret: \"file:" + file + "\"")).secret())
                .isEqualTo(SecretValue.of(PEM));
        Files.writeString(file, "x".repeat(16385));
        assertThat(problem(app("algorithm: ES256, secret: \"file:" + file + "\"")))
                .contains("secret")
                .contains("16384 characters");
    }

    @ParameterizedTest
    @CsvSource({"HS256, 32", "HS384, 48", "HS512, 64"})
    void aSharedSecretIsAsLongAsTheHash(String algorithm, int least) {
        String name = "algorithm: " + algorithm + ", secret: ";
        assertThat(only(app(name + "x".repeat(least))).secret().length()).isEqualTo(least);
        // bytes count, not letters
        assertThat(only(app(name + "\u00e9".repeat(least / 2))).secret().length())
                .isEqualTo(least / 2);
        assertThat(problem(app(name + "x".repeat(least - 1))))
                .isEqualTo("bootstrap.jwt_apps[0].secret (YAML line 1): has " + (least - 1) + " bytes: " + algorithm
                        + " needs at least " + least);
    }

    /** Else a public key that was taken for the secret would let anybody sign. */
    @Test
    void aKeyInPemIsNoSharedSecret() {
        String yaml = "bootstrap:\n  jwt_apps:\n    - name: shop\n      secret: |\n" + PEM.indent(8);
        assertThat(problem(yaml))
                .startsWith("bootstrap.jwt_apps[0].secret (YAML line 4): holds control characters")
                .doesNotContain("cGxhbnRlZC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "algorithm: none|algorithm|give one of HS256, HS384",
                "algorithm: PS256|algorithm|give one of HS256",
                "algorithm: EdDSA|algorithm|give one of HS256",
                "expires_in: 0|expires_in|from 1 to 2592000",
                "expires_in: 2592001|expires_in|from 1 to 2592000",
                "expires_in: PT10M|expires_in|a whole number",
                "audiences: ['']|audiences[0]|is empty",
                "audiences: [' ']|audiences|holds a blank text",
                "audiences: shop|audiences|must be a list",
                "site_url: /shop|site_url|is no absolute URL",
                "site_url: shop.example.org|site_url|is no absolute URL",
                "site_url: http://shop.example.org|site_url|use https",
                "site_url: ftp://shop.example.org|site_url|https://",
                "site_url: 'https://shop.example.org/?a=b'|site_url|holds a query",
                "site_url: 'https://shop.example.org/#a'|site_url|a fragment",
                "site_url: 'https://ada@shop.example.org/'|site_url|a user",
                "mapping: {nonce: Uid}|mapping|holds nonce, which no app can set: remove it",
                "metadata: {iss: x}|metadata|holds iss, which no app can set: remove it",
                "'mapping: {a: Uid}, metadata: {a: b}'|metadata|holds \"a\", as mapping does: keep one of them",
                "tenants: main|tenants|is unknown; did you mean tenant?",
            })
    void mistakesAreToldAtTheKey(String rest, String key, String text) {
        assertThat(problem(shared(rest)))
                .startsWith("bootstrap.jwt_apps[0]." + key + " (YAML line 1): ")
                .contains(text)
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "client_id"})
    void noClaimOfTheServerCanBeSet(String claim) {
        assertThat(problems(shared("mapping: {" + claim + ": Uid}"))).hasSize(1);
        assertThat(problems(shared("metadata: {" + claim + ": x}"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a\u00e9", "a:b"})
    void namesAreNamesInPaths(String name) {
        assertThat(problem("bootstrap: {jwt_apps: [{secret: " + SECRET + ", name: \"" + name + "\"}]}"))
                .startsWith("bootstrap.jwt_apps[0].name (YAML line 1): holds more than letters");
    }

    /** A path does not keep them. */
    @ParameterizedTest
    @ValueSource(strings = {".", "..", "..."})
    void namesAreNoDotSegments(String name) {
        assertThat(problem("bootstrap: {jwt_apps: [{secret: " + SECRET + ", name: \"" + name + "\"}]}"))
                .startsWith("bootstrap.jwt_apps[0].name (YAML line 1): holds dots only: add a letter or a digit");
    }

    @Test
    void namesAreBounded() {
        assertThat(only("bootstrap: {jwt_apps: [{secret: " + SECRET + ", name: " + "x".repeat(64) + "}]}")
                        .name())
                .hasSize(64);
        assertThat(problem("bootstrap: {jwt_apps: [{secret: " + SECRET + ", name: " + "x".repeat(65) + "}]}"))
                .contains("of 1 to 64 characters");
    }

    @Test
    void loopbackSitesNeedNoTls() {
        assertThat(only(shared("site_url: http://127.0.0.1:3000/")).siteUrl())
                .isEqualTo(URI.create("http://127.0.0.1:3000/"));
    }

    @Test
    void nameAndSecretAreRequired() {
        assertThat(problems("bootstrap: {jwt_apps: [{}]}"))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("bootstrap.jwt_apps[0].name", "bootstrap.jwt_apps[0].secret");
    }
}
