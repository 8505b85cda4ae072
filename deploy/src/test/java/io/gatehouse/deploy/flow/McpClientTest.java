package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client of the Model Context Protocol, of npm, that nobody set up: it was told nothing but where its server is. */
class McpClientTest {
    private static final McpServer SERVER = new McpServer(McpClientTest::caller);

    @RegisterExtension
    static final ClientSites SITES = new ClientSites("boat.example.org");

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              tenants:
                - {id: main, registration: {mode: open, scope: tools offline_access, resources: ["%s"]}}
              users:
                - {username: ada, password: %s}
            """.formatted(SERVER.resource(), RunningNode.ADA_PASSWORD))
            .in(SITES.world());

    private static Caller caller() {
        return NODE.caller();
    }

    @BeforeAll
    static void install() throws Exception {
        NodeProgram.install();
    }

    @Test
    void registersLogsInCallsAToolAndRefreshes() throws Exception {
        JsonObject learned = learned();
        assertThat(learned.getString("clientId")).matches("[A-Za-z0-9_-]{22}");
    }

    /** The node fetches the document as it fetches any: by https, at a public address. */
    @Test
    void namesItselfByTheAddressOfADocument() throws Exception {
        String address = SITES.uri("/client.json");
        SITES.put(
                "/client.json",
                new JsonObject()
                        .put("client_id", address)
                        .put("client_name", "Boat")
                        .put("redirect_uris", new JsonArray().add(CodeFlow.REDIRECT_URI))
                        .put(
                                "grant_types",
                                new JsonArray().add("authorization_code").add("refresh_token"))
                        .put("token_endpoint_auth_method", "none")
                        .encode());
        assertThat(learned(address).getString("clientId")).isEqualTo(address);
        assertThat(SITES.asked("/client.json")).isPositive();
    }

    private JsonObject learned(String... document) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(SERVER.resource(), CodeFlow.REDIRECT_URI));
        arguments.addAll(List.of(document));
        try (NodeProgram program = NodeProgram.start("mcp.mjs", arguments.toArray(String[]::new))) {
            program.browse(new Person(NODE.address()));
            JsonObject learned = program.line();
            program.assertEndsWell();
            assertThat(learned.getString("scope")).isEqualTo("tools offline_access");
            assertThat(learned.getBoolean("refreshed")).isTrue();
            JsonArray subjects = learned.getJsonArray("subjects");
            assertThat(subjects.getString(0)).isNotBlank().isEqualTo(subjects.getString(1));
            return learned;
        }
    }
}
