package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications of Node.js with openid-client and oauth4webapi. */
class NodeClientTest {
    private static final String LOGGED_OUT = "http://127.0.0.1:9999/";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo().with("tokens.dpop_nonce", "required");

    private static final String SECRET = "machine-secret-0123456789abcdef0123456789";
    private static final KeyPair EC = Assertion.key("EC");
    private static final KeyPair RSA = Assertion.key("RSA");
    private static final KeyPair EDWARDS = Assertion.key("Ed25519");

    @RegisterExtension
    static final RunningNode MACHINES = RunningNode.configured("""
            bootstrap:
              clients:
                - {client_id: keys, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                   scope: api, jwks: {keys: [%s, %s, %s]}}
                - {client_id: secret, token_endpoint_auth_method: client_secret_jwt, grant_types: [client_credentials],
                   scope: api, client_secret: %s}
                - {client_id: signing, token_endpoint_auth_method: private_key_jwt, redirect_uris: ["%s"],
                   scope: openid email, authorization_signed_response_alg: ES256, jwks: {keys: [%s]}}
              users:
                - {username: ada, password: %s, email: ada@example.org}
            """.formatted(
                    Assertion.jwk(EC, null),
                    Assertion.jwk(RSA, null),
                    Assertion.jwk(EDWARDS, null),
                    SECRET,
                    CodeFlow.REDIRECT_URI,
                    Assertion.jwk(EC, null),
                    RunningNode.ADA_PASSWORD));

    private final URI base = NODE.caller().base();
    private final Person person = new Person(base);

    @BeforeAll
    static void install() throws Exception {
        NodeProgram.install();
    }

    /** With dpop, each token is bound to a key, and proofs want nonces. */
    @ParameterizedTest
    @ValueSource(strings = {"bearer", "dpop"})
    void logsInReadsTheUserRefreshesAndLogsOut(String tokenType) throws Exception {
        try (NodeProgram program = NodeProgram.start(
                "client.mjs",
                base.toString(),
                "demo",
                RunningNode.DEMO_SECRET,
                CodeFlow.REDIRECT_URI,
                LOGGED_OUT,
                tokenType)) {
            program.browse(person);
            check(program.line(), tokenType);
            program.assertEndsWell();
        }
    }

    @Test
    void connectsADevice() throws Exception {
        try (NodeProgram program = NodeProgram.start("device.mjs", base.toString(), "demo", RunningNode.DEMO_SECRET)) {
            JsonObject shown = program.line();
            assertThat(shown.getString("page")).isEqualTo(base + "/device");
            Page entry = person.logIn(person.open(shown.getString("page")));
            Page question = person.submit(entry, "user_code", shown.getString("userCode"));
            person.submit(question, "decision", "allow");
            assertThat(program.line().getString("email")).isEqualTo("ada@example.org");
            program.assertEndsWell();
        }
    }

    @Test
    void aClientOfSingleStepsPushesBindsReadsAsksAndRevokes() throws Exception {
        try (NodeProgram program = NodeProgram.start(
                "webapi.mjs", base.toString(), "demo", RunningNode.DEMO_SECRET, CodeFlow.REDIRECT_URI)) {
            program.browse(person);
            assertThat(program.line())
                    .isEqualTo(new JsonObject()
                            .put("email", "ada@example.org")
                            .put("tokenType", "dpop")
                            .put("bound", true)
                            .put("active", new JsonArray().add(true).add(false)));
            program.assertEndsWell();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pushed", "signed", "both", "answer"})
    void pushesAndSigns(String way) throws Exception {
        URI issuer = MACHINES.caller().base();
        String key = Base64.getEncoder().encodeToString(EC.getPrivate().getEncoded());
        try (NodeProgram program =
                NodeProgram.start("pushed.mjs", issuer.toString(), "signing", key, CodeFlow.REDIRECT_URI, way)) {
            program.browse(new Person(issuer));
            assertThat(program.line().getString("email")).isEqualTo("ada@example.org");
            program.assertEndsWell();
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
        try (NodeProgram program = NodeProgram.start("assertion.mjs", issuer, clientId, method, algorithm, secret)) {
            assertThat(program.line())
                    .isEqualTo(new JsonObject()
                            .put("scope", "api")
                            .put("active", true)
                            .put("clientId", clientId));
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
}
