package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.KeyPair;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client of the Model Context Protocol does, step by step, one that names itself by the address of a document. */
class McpFlowTest {
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");
    private static final McpServer SERVER = new McpServer(() -> McpFlowTest.NODE.caller());

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

    private final URI resource = URI.create(SERVER.resource());
    private final Caller server = new Caller(URI.create(resource.getScheme() + "://" + resource.getAuthority()));

    private Answer call(String token) {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"whoami\"}}";
        return server.postJson("/mcp", token == null ? null : "Bearer " + token, request);
    }

    /** Its metadata, as the challenge says where. */
    private JsonObject challenge() {
        Answer refused = call(null);
        assertThat(refused.status()).isEqualTo(401);
        Matcher place = METADATA.matcher(refused.header("WWW-Authenticate"));
        assertThat(place.find()).isTrue();
        return server.get(URI.create(place.group(1)).getPath(), null).json();
    }

    private static CodeFlow documented(String path, JsonObject more) {
        String address = SITES.uri(path);
        JsonObject document = new JsonObject()
                .put("client_id", address)
                .put("client_name", "Boat")
                .put("redirect_uris", new JsonArray().add(CodeFlow.REDIRECT_URI))
                .mergeIn(more);
        SITES.put(path, 200, "application/json", document.encode(), Map.of("Cache-Control", "max-age=600"));
        return new CodeFlow(NODE.caller(), address, null);
    }

    @Test
    void fromAChallengeToATool() {
        JsonObject metadata = challenge();
        assertThat(metadata.getString("resource")).isEqualTo(SERVER.resource());
        String issuer = metadata.getJsonArray("authorization_servers").getString(0);
        JsonObject discovered = new Caller(URI.create(issuer))
                .get("/.well-known/oauth-authorization-server", null)
                .json();
        assertThat(discovered.getString("issuer")).isEqualTo(issuer);
        assertThat(discovered.getBoolean("client_id_metadata_document_supported"))
                .isTrue();
        assertThat(discovered.getJsonArray("code_challenge_methods_supported")).contains("S256");

        CodeFlow flow = documented("/client.json", new JsonObject());
        Person person = new Person(NODE.address());
        Page login = person.open(flow.request("tools", "resource", SERVER.resource()));
        Page question = person.logIn(login);
        assertThat(question.body())
                .as("nobody vouches for it")
                .contains("id=\"stranger\"", "The answer goes to: 127.0.0.1");
        Map<String, String> answer = person.goOn(question).answer();
        assertThat(answer).containsEntry("iss", issuer).containsEntry("state", "state-of-the-flow");
        String token = flow.redeem(answer.get("code")).text("access_token");
        assertThat(call(token).json().getJsonObject("result").encode())
                .contains(BabelBirdCaller.claims(token).getString("sub"));
        assertThat(SITES.asked("/client.json"))
                .as("once per event loop at most")
                .isPositive();
    }

    @Test
    void aTokenForAnotherServiceIsNotTaken() {
        CodeFlow flow = documented("/other.json", new JsonObject());
        String token = flow.tokens(new Person(NODE.address()), "tools").text("access_token");
        assertThat(call(token).status()).isEqualTo(401);
    }

    @Test
    void aDocumentThatNamesSomebodyElseBeginsNothing() {
        CodeFlow flow = documented("/foreign.json", new JsonObject().put("client_id", SITES.uri("/client.json")));
        Page page = new Person(NODE.address()).open(flow.request("tools"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.asksForPassword()).isFalse();
        assertThat(SITES.asked("/foreign.json")).isPositive();
    }

    @Test
    void noRedirectIsFollowedToADocument() {
        CodeFlow flow = documented("/real.json", new JsonObject());
        String moved = SITES.put("/moved.json", 302, "text/plain", "", Map.of("Location", flow.clientId()));
        Page page = new Person(NODE.address()).open(new CodeFlow(NODE.caller(), moved, null).request("tools"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(SITES.asked("/real.json")).isZero();
    }

    /** A public name that leads to a private address. */
    @Test
    void noDocumentIsFetchedOfThisMachine() {
        for (String host : new String[] {"localhost", "127.0.0.1", "10.0.0.1", "169.254.169.254"}) {
            CodeFlow flow = new CodeFlow(NODE.caller(), "https://" + host + "/client.json", null);
            assertThat(new Person(NODE.address()).open(flow.request("tools")).status())
                    .isEqualTo(400);
        }
    }

    /** A client with a key of its own. */
    @Test
    void authenticatesByAKeyThatItPublishes() {
        KeyPair key = Assertion.key("EC");
        String keys = SITES.put(
                "/keys.json", DynamicParties.keys(Assertion.jwk(key, "one")).encode());
        CodeFlow flow = documented(
                "/keyed.json",
                new JsonObject()
                        .put("token_endpoint_auth_method", "private_key_jwt")
                        .put("jwks_uri", keys));
        String code = flow.code(new Person(NODE.address()), "tools", "resource", SERVER.resource());
        assertThat(flow.redeem(code).error()).isEqualTo("401 invalid_client");
        Answer tokens = NODE.caller()
                .post(
                        "/oauth2/token",
                        null,
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        CodeFlow.REDIRECT_URI,
                        "code_verifier",
                        CodeFlow.VERIFIER,
                        "client_assertion_type",
                        FapiParty.ASSERTION_TYPE,
                        "client_assertion",
                        Assertion.of(flow.clientId(), NODE.address().toString(), "ES256")
                                .signed(key));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(call(tokens.text("access_token")).status()).isEqualTo(200);
    }
}
