package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application of Node.js with openid-client, which npm fetches once into the build's folder. */
class NodeClientTest {
    private static final String NEED = "the test of openid-client needs Node.js 20 or newer with npm on the PATH";
    private static final String LOGGED_OUT = "http://127.0.0.1:9999/";
    private static final Path SOURCE = Path.of("src", "test", "npm");
    private static final Path FOLDER = Path.of("target", "npm");

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo().with("tokens.dpop_nonce", "required");

    private static final String SECRET = "machine-secret-0123456789abcdef0123456789";
    private static final KeyPair EC = Assertion.key("EC");
    private static final KeyPair RSA = Assertion.key("RSA");
    private static final KeyPair EDWARDS = Assertion.key("Ed25519");

    @RegisterExtension
    static final RunningNode MACHINES = RunningNode.configured(
            """
            bootstrap:
              clients:
                - {client_id: keys, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                   scope: api, jwks: {keys: [%s, %s, %s]}}
                - {client_id: secret, token_endpoint_auth_method: client_secret_jwt, grant_types: [client_credentials],
                   scope: api, client_secret: %s}
            """.formatted(Assertion.jwk(EC, null), Assertion.jwk(RSA, null), Assertion.jwk(EDWARDS, null), SECRET));

    private final URI base = NODE.caller().base();
    private final Person person = new Person(base);

    @BeforeAll
    static void install() throws Exception {
        boolean present = runs("node", "--version") && runs("npm", "--version");
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as(NEED).isTrue();
        }
        assumeTrue(present, NEED);
        Files.createDirectories(FOLDER);
        for (String name : List.of("package.json", "package-lock.json", "client.mjs", "assertion.mjs")) {
            Files.copy(SOURCE.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
            assertThat(runs("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                    .as("npm ci")
                    .isTrue();
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            if (Files.exists(FOLDER)) {
                builder.directory(FOLDER.toFile());
            }
            return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** With dpop, each token is bound to a key, and proofs want nonces. */
    @ParameterizedTest
    @ValueSource(strings = {"bearer", "dpop"})
    void logsInReadsTheUserRefreshesAndLogsOut(String tokenType) throws Exception {
        Process process = new ProcessBuilder(
                        "node",
                        "client.mjs",
                        base.toString(),
                        "demo",
                        RunningNode.DEMO_SECRET,
                        CodeFlow.REDIRECT_URI,
                        LOGGED_OUT,
                        tokenType)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader();
                Writer in = process.outputWriter()) {
            Page answer = person.goOn(person.open(line(out).getString("url")));
            in.write(answer.location() + "\n");
            in.flush();
            check(line(out), tokenType);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroy();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS256", "EdDSA"})
    void authenticatesByAKey(String algorithm) throws Exception {
        KeyPair key = switch (algorithm) {
            case "ES256" -> EC;
            case "PS256" -> RSA;
            default -> EDWARDS;
        };
        String pkcs8 = Base64.getEncoder().encodeToString(key.getPrivate().getEncoded());
        assertKnown("keys", "private_key_jwt", algorithm, pkcs8);
    }

    @Test
    void authenticatesByASecretThatItDoesNotShow() throws Exception {
        assertKnown("secret", "client_secret_jwt", "HS256", SECRET);
    }

    private static void assertKnown(String clientId, String method, String algorithm, String secret) throws Exception {
        String issuer = MACHINES.caller().base().toString();
        Process process = new ProcessBuilder("node", "assertion.mjs", issuer, clientId, method, algorithm, secret)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(line(out))
                    .isEqualTo(new JsonObject()
                            .put("scope", "api")
                            .put("active", true)
                            .put("clientId", clientId));
        } finally {
            process.destroy();
        }
    }

    private void check(JsonObject learned, String tokenType) {
        assertThat(learned.getJsonArray("tokenTypes")).containsOnly(tokenType);
        assertThat(learned.getString("email")).isEqualTo("ada@example.org");
        assertThat(learned.getString("subject")).isNotBlank().isEqualTo(learned.getString("refreshedSubject"));
        Page goodbye = person.open(learned.getString("logout"));
        assertThat(goodbye.location()).isEqualTo(URI.create(LOGGED_OUT + "?state=after-logout"));
        assertThat(person.open("/account").asksForPassword()).isTrue();
    }

    private static JsonObject line(BufferedReader out) throws IOException {
        String line = out.readLine();
        assertThat(line)
                .as("a line of the client, whose complaint stands above")
                .isNotNull();
        return new JsonObject(line);
    }
}
