package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What RFC 8628 (OAuth 2.0 Device Authorization Grant) demands, by its sections. */
class Rfc8628Test {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
                - {client_id: demo, client_secret: %1$s, scope: openid email offline_access api,
                   grant_types: ["%2$s", refresh_token]}
                - {client_id: other, client_secret: %1$s, scope: openid api, grant_types: ["%2$s"]}
                - {client_id: tv, token_endpoint_auth_method: none, scope: openid api, grant_types: ["%2$s"]}
                - {client_id: web, client_secret: %1$s, scope: openid api, grant_types: [authorization_code],
                   redirect_uris: ["%3$s"]}
              users:
                - {username: ada, password: %4$s}
            """.formatted(
                    RunningNode.DEMO_SECRET, DeviceFlow.GRANT_TYPE, CodeFlow.REDIRECT_URI, RunningNode.ADA_PASSWORD))
            .with("limits.device_requests_per_address", "off");

    private final Caller caller = NODE.caller();
    private final DeviceFlow device = DeviceFlow.demo(caller);
    private final DeviceFlow tv = new DeviceFlow(caller, "tv", null);

    @Test
    @DisplayName("RFC 8628, 3.1: client authentication applies as at the token endpoint")
    void clientAuthenticationAppliesAsAtTheTokenEndpoint() {
        assertThat(new DeviceFlow(caller, "demo", "wrong-secret-0123456789abcdef012345")
                        .ask()
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(new DeviceFlow(caller, "demo", null).ask().error())
                .as("a confidential client must authenticate")
                .isEqualTo("401 invalid_client");
        assertThat(new DeviceFlow(caller, "nobody", null).ask().error()).isEqualTo("401 invalid_client");
        assertThat(caller.post("/oauth2/device_authorization", null, "scope", "api")
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(tv.ask().status()).as("a public one names itself").isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 8628, 3.1: parameters without value are omitted, unknown ones ignored, and none may come twice")
    void parametersWithoutValueAreOmitted_unknownOnesIgnored_andNoneMayComeTwice() {
        assertThat(device.ask("scope", "", "colour", "red").status()).isEqualTo(200);
        assertThat(device.ask("scope", "api", "scope", "openid").error()).isEqualTo("400 invalid_request");
        assertThat(caller.send("GET", "/oauth2/device_authorization").error()).isEqualTo("405 invalid_request");
        assertThat(caller.postJson(
                                "/oauth2/device_authorization",
                                Caller.basic("demo", RunningNode.DEMO_SECRET),
                                "{\"scope\":\"api\"}")
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("RFC 8628, 3.1: only what the client is registered for is given")
    void onlyWhatTheClientIsRegisteredForIsGiven() {
        assertThat(new DeviceFlow(caller, "web", RunningNode.DEMO_SECRET).ask().error())
                .isEqualTo("400 unauthorized_client");
        assertThat(device.ask("scope", "api admin").error()).isEqualTo("400 invalid_scope");
    }

    @Test
    @DisplayName("RFC 8628, 3.2: the answer has all that is required")
    void theAnswerHasAllThatIsRequired() {
        Answer answer = device.begin("openid");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonObject json = answer.json();
        String uri = caller.base() + "/device";
        assertThat(json.getString("device_code")).matches("[A-Za-z0-9_-]{43}");
        assertThat(json.getString("user_code")).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(json.getString("verification_uri")).isEqualTo(uri);
        assertThat(json.getString("verification_uri_complete"))
                .isEqualTo(uri + "?user_code=" + json.getString("user_code"));
        assertThat(json.getInteger("expires_in")).isEqualTo(600);
        assertThat(json.getInteger("interval")).isEqualTo(5);
    }

    @Test
    @DisplayName("RFC 8628, 3.2: no two answers have a code in common")
    void noTwoAnswersHaveACodeInCommon() {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Answer answer = tv.begin("api");
            codes.add(answer.text("device_code"));
            codes.add(answer.text("user_code"));
        }
        assertThat(codes).hasSize(100);
    }

    @Test
    @DisplayName("RFC 8628, 3.3.1: the complete URI fills in the code and the user is asked all the same")
    void theCompleteUriFillsInTheCodeAndTheUserIsAskedAllTheSame() {
        Person person = new Person(caller.base());
        Answer begun = device.begin("openid email");
        String complete = begun.text("verification_uri_complete");
        Page entry = person.logIn(
                person.open(complete.substring(caller.base().toString().length())));
        assertThat(entry.form().fields()).containsEntry("user_code", begun.text("user_code"));
        assertThat(device.poll(begun).error()).isEqualTo("400 authorization_pending");
        Page question = person.submit(entry);
        assertThat(question.body())
                .as("the code is shown to be compared")
                .contains(begun.text("user_code"))
                .contains("see your e-mail address");
        assertThat(question.form().action()).isEqualTo("/device/decision");
    }

    @Test
    @DisplayName("RFC 8628, 3.4: grant type and device code are required")
    void grantTypeAndDeviceCodeAreRequired() {
        String basic = Caller.basic("demo", RunningNode.DEMO_SECRET);
        assertThat(caller.post("/oauth2/token", basic, "grant_type", DeviceFlow.GRANT_TYPE)
                        .error())
                .isEqualTo("400 invalid_request");
        assertThat(caller.post("/oauth2/token", basic, "grant_type", "device_code", "device_code", "x")
                        .error())
                .isEqualTo("400 unsupported_grant_type");
        assertThat(device.poll("no-device-code").error()).isEqualTo("400 invalid_grant");
        assertThat(device.poll("A".repeat(43)).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("RFC 8628, 3.4: the device code must have been issued to the client that polls")
    void theDeviceCodeMustHaveBeenIssuedToTheClientThatPolls() {
        Answer begun = device.begin("openid");
        assertThat(new DeviceFlow(caller, "other", RunningNode.DEMO_SECRET)
                        .poll(begun)
                        .error())
                .isEqualTo("400 invalid_grant");
        assertThat(tv.poll(begun).error()).isEqualTo("400 invalid_grant");
        DeviceFlow.allow(new Person(caller.base()), begun);
        assertThat(new DeviceFlow(caller, "other", RunningNode.DEMO_SECRET)
                        .poll(begun)
                        .error())
                .isEqualTo("400 invalid_grant");
        assertThat(tv.poll(begun).error()).isEqualTo("400 invalid_grant");
        assertThat(device.poll(begun).status()).as("nobody else spent it").isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 8628, 3.5: authorization pending until the user decides")
    void authorizationPendingUntilTheUserDecides() {
        assertThat(device.poll(device.begin("openid")).error()).isEqualTo("400 authorization_pending");
    }

    @Test
    @DisplayName("RFC 8628, 3.5: slow down for who polls too often")
    void slowDownForWhoPollsTooOften() {
        Answer begun = device.begin("openid");
        List<CompletableFuture<Answer>> polls =
                IntStream.range(0, 16).mapToObj(i -> device.pollLater(begun)).toList();
        List<String> errors = polls.stream().map(poll -> poll.join().error()).toList();
        assertThat(errors).contains("400 slow_down", "400 authorization_pending");
        assertThat(errors).containsOnly("400 slow_down", "400 authorization_pending");
    }

    @Test
    @DisplayName("RFC 8628, 3.5: access denied once the user refused")
    void accessDeniedOnceTheUserRefused() {
        Answer begun = device.begin("openid");
        Person person = new Person(caller.base());
        Page done = person.submit(DeviceFlow.question(person, begun), "decision", "deny");
        assertThat(done.body()).contains("Your device gets no access");
        assertThat(device.poll(begun).error()).isEqualTo("400 access_denied");
        assertThat(device.poll(begun).error()).isEqualTo("400 access_denied");
    }

    @Test
    @DisplayName("RFC 8628, 4: metadata names the endpoint and the grant")
    void metadataNamesTheEndpointAndTheGrant() {
        JsonObject metadata =
                caller.get("/.well-known/oauth-authorization-server", null).json();
        assertThat(metadata.getString("device_authorization_endpoint"))
                .isEqualTo(caller.base() + "/oauth2/device_authorization");
        assertThat(metadata.getJsonArray("grant_types_supported")).contains(DeviceFlow.GRANT_TYPE);
    }
}
