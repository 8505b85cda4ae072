package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications with openid-client that register themselves. */
class RegisteringClientTest {
    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            limits: {registrations_per_address: off}
            bootstrap:
              tenants:
                - id: main
                  registration: {mode: open}
                - id: side
                  registration: {initial_access_tokens: [%s]}
              users:
                - {username: ada, password: %s, email: ada@example.org}
                - {username: ada, password: %2$s, email: ada@example.org, tenant: side}
            """.formatted(Registering.INITIAL_TOKEN, RunningNode.ADA_PASSWORD));

    @BeforeAll
    static void install() throws Exception {
        NodeProgram.install();
    }

    @ParameterizedTest
    @CsvSource({
        "'', none, ",
        "'', client_secret_basic, ",
        "'', client_secret_post, ",
        "'', client_secret_jwt, ",
        "'', private_key_jwt, ",
        "/t/side, none, " + Registering.INITIAL_TOKEN,
        "/t/side, client_secret_basic, " + Registering.INITIAL_TOKEN
    })
    void registersAndLogsIn(String tenant, String method, String initialAccessToken) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(NODE.address() + tenant, CodeFlow.REDIRECT_URI, method));
        if (initialAccessToken != null) {
            arguments.add(initialAccessToken);
        }
        try (NodeProgram program = NodeProgram.start("register.mjs", arguments.toArray(String[]::new))) {
            program.browse(new Person(NODE.address()));
            JsonObject learned = program.line();
            assertThat(learned.getString("email")).isEqualTo("ada@example.org");
            assertThat(learned.getString("method")).isEqualTo(method);
            assertThat(learned.getString("clientId")).isNotBlank();
            program.assertEndsWell();
        }
    }
}
