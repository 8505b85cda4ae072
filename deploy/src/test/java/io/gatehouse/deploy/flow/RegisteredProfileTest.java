package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that register for a FAPI profile: they are held to it as declared ones are. */
class RegisteredProfileTest {
    private static final KeyPair KEY = Assertion.key("EC");

    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            limits: {registrations_per_address: off}
            bootstrap:
              tenants:
                - id: main
                  registration: {mode: open, initial_access_tokens: [%s], scope: openid email offline_access}
              users:
                - {username: ada, password: %s, email: ada@example.org}
            """.formatted(Registering.INITIAL_TOKEN, RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();
    private final Registering registering = new Registering(caller, "");

    private JsonObject registered(JsonObject metadata) {
        return registering.registered(Registering.INITIAL_TOKEN, metadata);
    }

    /** Whoever vouches for it, or nobody. */
    @ParameterizedTest
    @CsvSource({
        "fapi2_security, " + Registering.INITIAL_TOKEN,
        "fapi2_message_signing, " + Registering.INITIAL_TOKEN,
        "fapi2_security, ",
        "fapi2_message_signing, "
    })
    void aProfileIsDemandedAsOfADeclaredClient(String profile, String initialAccessToken) {
        boolean signs = profile.equals("fapi2_message_signing");
        JsonObject client = registering.registered(initialAccessToken, ofProfile(profile));
        assertThat(client.getString("profile")).isEqualTo(profile);
        assertThat(client.getBoolean("require_pushed_authorization_requests")).isTrue();
        assertThat(client.getBoolean("require_signed_request_object")).isEqualTo(signs);
        FapiParty party = new FapiParty(caller, client.getString("client_id"), KEY, Assertion.key("EC"), signs);
        Person person = new Person(NODE.address());
        Page unpushed = person.open("/oauth2/authorize?" + Caller.form(RelyingParty.pairs(party.request())));
        assertThat(unpushed.body() + unpushed.headers()).doesNotContain("code=").doesNotContain("type=\"password\"");
        assertThat(party.push(party.request("code_challenge", null, "code_challenge_method", null))
                        .error())
                .isEqualTo("400 invalid_request");
        assertThat(party.pushForm(party.request(), party.assertion().signed(KEY), null)
                        .status())
                .isEqualTo(signs ? 400 : 201);
        Answer tokens = party.redeem(party.code(person, "scope", "openid offline_access", "prompt", "consent"));
        assertThat(tokens.text("token_type")).isEqualTo("DPoP");
        Answer refreshed = party.refresh(tokens.text("refresh_token"));
        assertThat(refreshed.text("refresh_token")).as("it does not rotate").isEqualTo(tokens.text("refresh_token"));
    }

    private static JsonObject ofProfile(String profile) {
        return Registering.metadata()
                .put("redirect_uris", new JsonArray().add(FapiParty.REDIRECT_URI))
                .put("token_endpoint_auth_method", "private_key_jwt")
                .put("id_token_signed_response_alg", "ES256")
                .put("jwks", DynamicParties.keys(Assertion.jwk(KEY, "of-the-party")))
                .put("profile", profile);
    }

    @ParameterizedTest
    @CsvSource({
        "profile, fapi1",
        "token_endpoint_auth_method, client_secret_basic",
        "token_endpoint_auth_method, none",
        "id_token_signed_response_alg, RS256"
    })
    void whatContradictsAProfileIsRefused(String name, String value) {
        JsonObject metadata = ofProfile("fapi2_security").put(name, value);
        assertThat(registering.post(Registering.INITIAL_TOKEN, metadata).error())
                .isEqualTo("400 invalid_client_metadata");
    }

    @Test
    void aProfileIsCheckedAtEachChange() {
        JsonObject client = registered(ofProfile("fapi2_security"));
        JsonObject weaker = Registering.sentBack(client).put("id_token_signed_response_alg", "RS256");
        assertThat(registering.put(client, weaker).error()).isEqualTo("400 invalid_client_metadata");
        assertThat(registering.put(client, Registering.sentBack(client)).text("profile"))
                .isEqualTo("fapi2_security");
    }

    /** Without a profile they have none: it is left to the client, and to whoever calls it conformant. */
    @Test
    void whoNamesNoneHasNone() {
        JsonObject metadata = ofProfile("fapi2_security");
        metadata.remove("profile");
        JsonObject client = registered(metadata);
        assertThat(client.containsKey("profile")).isFalse();
        assertThat(client.getBoolean("require_pushed_authorization_requests")).isFalse();
    }
}
