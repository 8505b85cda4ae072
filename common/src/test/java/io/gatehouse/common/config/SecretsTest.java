package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    Path folder;

    private String file(String content) throws IOException {
        return "file:" + Files.writeString(folder.resolve("secret"), content);
    }

    private static String keys(String masterKey) {
        return "keys: {master_key: \"" + masterKey + "\"}";
    }

    @Test
    void noTextFormHoldsASecretOrAPersonalValue() {
        GatehouseConfig config = parsed(GatehouseConfigTest.EXAMPLE + keys(MASTER_KEY));
        for (String text : new String[] {config.toString(), config.masked()}) {
            assertThat(text)
                    .contains("ada")
                    .contains("web")
                    .contains(SecretValue.MASK)
                    .doesNotContain(
                            MASTER_KEY,
                            "web-secret",
                            "correct horse",
                            "ada@example.org",
                            "+15550100",
                            "Lovelace",
                            "2f9c9c1e");
        }
    }

    @Test
    void maskedFormIsYamlOfTheConfigurationInEffect() {
        String masked = parsed(GatehouseConfigTest.EXAMPLE).masked();
        assertThat(masked)
                .contains("issuer: http://127.0.0.1:18080\n")
                .contains("  refresh_ttl: P30D\n")
                .contains("  login_failures_per_account: 100/PT15M\n")
                .contains("    - client_id: web\n      client_secret: \"********\"\n")
                .contains("roles: [gateway, token, store]\n");
        Problems problems = new Problems();
        assertThat(YamlReader.read("dump", masked, problems)).isInstanceOf(ConfigNode.Section.class);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void secretsCompareByContentAndShowNothing() {
        SecretValue secret = SecretValue.of("planted");
        assertThat(secret).isEqualTo(SecretValue.of("planted")).isNotEqualTo(SecretValue.of("planted2"));
        assertThat(secret).hasToString("********").hasSameHashCodeAs(SecretValue.of("other"));
        assertThat(secret.reveal()).isEqualTo("planted");
        assertThatThrownBy(() -> SecretValue.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\n"})
    void fileSecretLosesItsFinalLineBreak(String end) throws IOException {
        assertThat(parsed(keys(file(MASTER_KEY + end))).keys().masterKey()).isEqualTo(SecretValue.of(MASTER_KEY));
    }

    @Test
    void unusableFileSecretsAreToldByName() throws IOException {
        assertThat(problem(keys("file:" + folder.resolve("gone")))).contains("gone, which doesn't exist");
        assertThat(problem(keys("file:" + folder))).contains("which is no plain file");
        assertThat(problem(keys("file:/dev/zero"))).contains("which is no plain file");
        assertThat(problem(keys("file:"))).contains("keys.master_key");
        assertThat(problem(keys(file("\n")))).contains("which is empty");
        assertThat(problem(keys(file("x".repeat(70_000))))).contains("larger than 65536 bytes");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
        assertThat(problem(keys("file:" + folder.resolve("binary")))).contains("is not UTF-8");
    }

    @Test
    void aRelativePathIsToldWhole() {
        assertThat(problem(keys("file:no/such/file")))
                .contains("names the file no/such/file ("
                        + Path.of("no/such/file").toAbsolutePath() + "), which");
    }

    @Test
    void thePathOfAFileIsNoSecret() throws IOException {
        Path there = Files.writeString(folder.resolve("a-secret-of-at-least-32-characters"), "x");
        String yaml =
                "bootstrap: {clients: [{client_id: a, grant_types: [client_credentials], client_secret: \"%s\"}]}";
        assertThat(problem(yaml.formatted(there)))
                .contains("is the path of a file and no secret: write file: before it")
                .doesNotContain(there.toString());
        assertThat(parsed(yaml.formatted(there.resolveSibling("another-of-at-least-32-characters")))
                        .bootstrap()
                        .clients())
                .hasSize(1);
    }

    @Test
    void contentOfAWeakFileSecretIsNotShown() throws IOException {
        String yaml = "bootstrap: {clients: [{client_id: a, grant_types: [client_credentials], client_secret: \""
                + file("planted") + "\"}]}";
        assertThat(problem(yaml)).contains("has 7 characters").doesNotContain("planted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", // 32 zero bytes
                "AAECAwQFBgcICQoLDA0ODw==", // 16 bytes
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCU=",
                "not base64 at all, but 44 characters long....",
            })
    void masterKeyMustBe32RandomBytes(String key) {
        assertThat(problem(keys(key)))
                .contains("keys.master_key")
                .contains("openssl rand")
                .doesNotContain(key);
    }

    @Test
    void masterKeyMayBeBase64UrlWithoutPadding() {
        String url = "_-8CAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
        assertThat(parsed(keys(url)).keys().masterKeyBytes()).hasSize(32);
    }

    @Test
    void literalSecretOfAnotherRoleIsRefused() {
        for (String role : new String[] {"gateway", "store"}) {
            assertThat(problem("roles: [" + role + "]\n" + keys(MASTER_KEY)))
                    .contains("keys.master_key")
                    .contains("a role that this node (roles: " + role + ") doesn't run")
                    .doesNotContain(MASTER_KEY);
        }
        assertThat(parsed("roles: [token]\nissuer: https://login.example.org\n" + keys(MASTER_KEY))
                        .keys()
                        .masterKey())
                .isNotNull();
    }

    @Test
    void fileSecretOfAnotherRoleStaysClosed() {
        GatehouseConfig config = parsed("roles: [gateway]\n" + keys("file:" + folder.resolve("gone")));
        assertThat(config.keys().masterKey()).isNull();
    }

    @Test
    void entriesWithFileSecretsOfAnotherRoleAreLeftOut() {
        String applications = "issuer: https://login.example.org\napplications:\n  - {id: orders, secret: \"file:"
                + folder.resolve("gone") + "\"}\n";
        assertThat(parsed("roles: [token]\n" + applications).applications()).isEmpty();
        assertThat(problem("roles: [token]\nissuer: https://login.example.org\napplications: [{id: orders}]\n"))
                .contains("secret", "is missing");
        assertThat(problem("roles: [gateway]\n" + applications)).contains("applications[0].secret");
    }

    @Test
    void bootstrapBelongsToTheTokenRole() {
        String bootstrap = "bootstrap: {users: [{username: ada, password: planted-password, email: x}], clients: [{}]}";
        for (String roles : new String[] {"gateway", "store", "gateway, store"}) {
            assertThat(problem("roles: [" + roles + "]\n" + bootstrap))
                    .isEqualTo("bootstrap (YAML line 2): belongs to the role token, which this node (roles: " + roles
                            + ") doesn't run: remove it here");
        }
        assertThat(parsed("roles: [gateway]\nbootstrap: {clients: []}")
                        .bootstrap()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void wallsAreNotGuessedFromABrokenListOfRoles() {
        assertThat(problems("roles: [gatway]\n" + keys(MASTER_KEY))).hasSize(1);
    }
}
