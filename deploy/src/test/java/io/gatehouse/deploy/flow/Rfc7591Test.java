package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.Registering.INITIAL_TOKEN;
import static io.gatehouse.deploy.flow.Registering.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dynamic client registration: of the default tenant anybody may register, of another whoever has a token, of a third nobody.
 */
class Rfc7591Test {
    private static final String STATEMENT_ISSUER = "https://vouching.example.org";
    private static final KeyPair VOUCHING = Assertion.key("EC");

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            limits: {registrations_per_address: off}
            bootstrap:
              tenants:
                - id: main
                  registration:
                    mode: open
                    initial_access_tokens: [%1$s]
                    scope: openid profile email offline_access
                    resources: ["https://api.example.org"]
                    software_statement_issuers: [{issuer: "%2$s", jwks: {keys: [%3$s]}}]
                - id: token
                  registration: {initial_access_tokens: [%1$s], scope: openid api, max_clients: 3}
                - id: shut
              users:
                - {username: ada, password: %4$s, name: Ada Lovelace}
            """.formatted(
            INITIAL_TOKEN, STATEMENT_ISSUER, Assertion.jwk(VOUCHING, "v").encode(), RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();
    private final Registering open = new Registering(caller, "");
    private final Registering byToken = new Registering(caller, "/t/token");

    @Test
    @DisplayName("RFC 7591, 2: what is not known is ignored, also in other languages")
    void unknownMetadataIsIgnored() {
        JsonObject client = open.registered(
                null,
                metadata()
                        .put("client_name#de", "Papierboot")
                        .put("tenant", "token")
                        .put("client_id", "chosen")
                        .put("client_secret", "chosen-secret-0123456789abcdef0123456789")
                        .put("jwt_login", new JsonObject().put("key", "file:/etc/passwd"))
                        .put("require_pkce", false)
                        .put("x_flavour", new JsonObject().put("of", "things")));
        assertThat(client.fieldNames())
                .doesNotContain("client_name#de", "tenant", "x_flavour", "client_secret", "jwt_login");
        assertThat(client.getString("client_id")).isNotEqualTo("chosen");
    }

    @Test
    @DisplayName("RFC 7591, 2: what is left out has its default")
    void defaults() {
        JsonObject client = open.registered(
                null, new JsonObject().put("redirect_uris", new JsonArray().add("https://app.example.org/cb")));
        assertThat(client.getJsonArray("grant_types")).containsExactly("authorization_code");
        assertThat(client.getJsonArray("response_types")).containsExactly("code");
        assertThat(client.getString("token_endpoint_auth_method")).isEqualTo("client_secret_basic");
        assertThat(client.getString("scope")).isEqualTo("openid profile email offline_access");
        assertThat(client.getJsonArray("resources")).containsExactly("https://api.example.org");
        assertThat(client.getString("id_token_signed_response_alg")).isEqualTo("RS256");
    }

    @Test
    @DisplayName("RFC 7591, 2: jwks and jwks_uri exclude each other")
    void keysByValueOrByReference() {
        JsonObject keys = new JsonObject().put("keys", new JsonArray().add(Assertion.jwk(VOUCHING, "k")));
        assertRefused(
                "invalid_client_metadata",
                metadata().put("jwks", keys).put("jwks_uri", "https://app.example.org/jwks"));
        JsonObject client = open.registered(null, metadata().put("jwks", keys));
        assertThat(client.getJsonObject("jwks").getJsonArray("keys")).hasSize(1);
    }

    @Test
    @DisplayName("RFC 7591, 2.1: grant and response types must fit together")
    void grantAndResponseTypes() {
        assertRefused(
                "invalid_client_metadata",
                metadata()
                        .put("grant_types", new JsonArray().add("refresh_token"))
                        .put("response_types", new JsonArray().add("code")));
        assertRefused("invalid_client_metadata", metadata().put("response_types", new JsonArray().add("token")));
        assertRefused("invalid_client_metadata", metadata().put("grant_types", new JsonArray().add("implicit")));
    }

    @Test
    @DisplayName("RFC 7591, 2.3 and 3.1.1: what a software statement says counts before what the client says")
    void softwareStatement() {
        JsonObject client = open.registered(
                null,
                metadata()
                        .put("redirect_uris", new JsonArray().add("https://other.example.org/"))
                        .put(
                                "software_statement",
                                statement()
                                        .with("client_name", "Vouched Boat")
                                        .with("redirect_uris", metadata().getJsonArray("redirect_uris"))
                                        .signed(VOUCHING)));
        assertThat(client.getString("client_name")).isEqualTo("Vouched Boat");
        assertThat(client.getJsonArray("redirect_uris")).isEqualTo(metadata().getJsonArray("redirect_uris"));
        assertThat(consent(client)).doesNotContain("id=\"stranger\"");
    }

    /** It comes with every copy of the software: anybody may have taken it from one. */
    @Test
    @DisplayName("RFC 7591, 5: a software statement that does not say where answers go vouches for nobody")
    void statementWithoutRedirect() {
        JsonObject client = open.registered(
                null,
                metadata()
                        .put(
                                "software_statement",
                                statement().with("client_name", "Vouched Boat").signed(VOUCHING)));
        assertThat(client.getString("client_name")).isEqualTo("Vouched Boat");
        assertThat(consent(client)).contains("id=\"stranger\"");
    }

    static Stream<Assertion> badStatements() {
        return Stream.of(
                statement().with("exp", Instant.now().getEpochSecond() - 1),
                statement().with("nbf", Instant.now().getEpochSecond() + 600),
                statement().header("crit", new JsonArray().add("x")));
    }

    @ParameterizedTest
    @MethodSource("badStatements")
    @DisplayName("RFC 7591, 3.2.2: a software statement that does not count is invalid_software_statement")
    void badStatement(Assertion statement) {
        assertRefused("invalid_software_statement", metadata().put("software_statement", statement.signed(VOUCHING)));
    }

    @Test
    @DisplayName("RFC 7591, 3.2.2: so is one that is signed by another key, by none, or is no JWT")
    void forgedStatement() {
        String unsigned = Assertion.encoded("{\"alg\":\"none\"}") + "."
                + Assertion.encoded("{\"iss\":\"" + STATEMENT_ISSUER + "\"}") + ".";
        for (Object statement :
                List.of(statement().signed(Assertion.key("EC")), unsigned, "nonsense", new JsonObject())) {
            assertRefused("invalid_software_statement", metadata().put("software_statement", statement));
        }
    }

    @Test
    @DisplayName("RFC 7591, 3.2.2: one of somebody else is unapproved_software_statement")
    void unapprovedStatement() {
        assertRefused(
                "unapproved_software_statement",
                metadata()
                        .put(
                                "software_statement",
                                statement()
                                        .with("iss", "https://other.example.org")
                                        .signed(VOUCHING)));
    }

    @Test
    @DisplayName("RFC 7591, 3: the endpoint may take an initial access token, as Bearer")
    void initialAccessToken() {
        Answer without = byToken.post(null, metadata());
        assertThat(without.error()).isEqualTo("401 invalid_token");
        assertThat(without.header("WWW-Authenticate")).startsWith("Bearer ");
        assertThat(byToken.post("wrong-" + INITIAL_TOKEN, metadata()).error()).isEqualTo("401 invalid_token");
        JsonObject client = byToken.registered(
                INITIAL_TOKEN,
                new JsonObject()
                        .put("grant_types", new JsonArray().add("client_credentials"))
                        .put("scope", "api"));
        Answer tokens = caller.post(
                "/t/token/oauth2/token",
                Caller.basic(client.getString("client_id"), client.getString("client_secret")),
                "grant_type",
                "client_credentials");
        assertThat(tokens.text("scope")).isEqualTo("api");
    }

    @Test
    @DisplayName(
            "RFC 7591, 3.2.1: the answer is 201, JSON that nobody keeps, with id, secret and all that was registered")
    void theAnswer() {
        JsonObject wanted = new JsonObject()
                .put("client_name", "Paper Boat")
                .put(
                        "redirect_uris",
                        new JsonArray().add("https://app.example.org/cb").add("boat.app:/cb"))
                .put("grant_types", new JsonArray().add("authorization_code").add("refresh_token"))
                .put("response_types", new JsonArray().add("code"))
                .put("token_endpoint_auth_method", "client_secret_post")
                .put("scope", "openid email")
                .put("client_uri", "https://app.example.org/")
                .put("logo_uri", "https://app.example.org/logo.png")
                .put("contacts", new JsonArray().add("ops@example.org"))
                .put("policy_uri", "https://app.example.org/policy")
                .put("tos_uri", "https://app.example.org/tos")
                .put("software_id", "4NRB1-0XZABZI9E6-5SM3R")
                .put("software_version", "1.2")
                .put("id_token_signed_response_alg", "ES256")
                .put("default_max_age", 600)
                .put("require_auth_time", true)
                .put("post_logout_redirect_uris", new JsonArray().add("https://app.example.org/bye"))
                .put("backchannel_logout_uri", "https://app.example.org/logout")
                .put("dpop_bound_access_tokens", true)
                .put("require_pushed_authorization_requests", true);
        Answer answer = open.post(null, wanted);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        JsonObject client = answer.json();
        wanted.forEach(member ->
                assertThat(client.getValue(member.getKey())).as(member.getKey()).isEqualTo(member.getValue()));
        assertThat(client.getString("client_id")).hasSizeGreaterThanOrEqualTo(22);
        assertThat(client.getString("client_secret")).hasSizeGreaterThanOrEqualTo(43);
        assertThat(client.getLong("client_secret_expires_at")).isZero();
        assertThat(client.getLong("client_id_issued_at"))
                .isBetween(Instant.now().getEpochSecond() - 600, Instant.now().getEpochSecond() + 1);
        assertThat(client.getString("registration_client_uri"))
                .isEqualTo(NODE.address() + "/oauth2/register/" + client.getString("client_id"));
    }

    @Test
    @DisplayName("RFC 7591, 3.2.1: each registration is a client of its own")
    void idsAreUnique() {
        JsonObject one = open.registered(null, metadata());
        JsonObject two = open.registered(null, metadata());
        assertThat(one.getString("client_id")).isNotEqualTo(two.getString("client_id"));
        assertThat(one.getString("registration_access_token")).isNotEqualTo(two.getString("registration_access_token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.org/cb",
                "https://app.example.org/cb#part",
                "https://ada@app.example.org/cb",
                "/cb",
                "https:///cb",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "DATA:text/html,x",
                "vbscript:x",
                "https://app.example.org/ cb"
            })
    @DisplayName("RFC 7591, 3.2.2 and 5: a redirect URI that is no good is invalid_redirect_uri")
    void redirectUris(String uri) {
        assertRefused("invalid_redirect_uri", metadata().put("redirect_uris", new JsonArray().add(uri)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redirect_uris|\"https://app.example.org/cb\"",
                "redirect_uris|[1]",
                "client_name|7",
                "default_max_age|\"600\"",
                "default_max_age|-1",
                "require_auth_time|\"true\"",
                "jwks|\"{}\"",
                "jwks|{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
                "jwks_uri|\"http://127.0.0.1/keys\"",
                "jwks_uri|\"http://app.example.org/keys\"",
                "backchannel_logout_uri|\"http://127.0.0.1/logout\"",
                "client_uri|\"javascript:alert(1)\"",
                "logo_uri|\"data:image/png;base64,AAAA\"",
                "token_endpoint_auth_method|\"self_made\"",
                "id_token_signed_response_alg|\"none\"",
                "id_token_signed_response_alg|\"HS256\"",
                "request_object_signing_alg|\"none\"",
                "subject_type|\"private\"",
                "scope|\"admin\"",
                "sector_identifier_uri|\"http://app.example.org/sector\""
            })
    @DisplayName(
            "RFC 7591, 3.2.2: other metadata that is no good is invalid_client_metadata, with a word on what to do")
    void otherMetadata(String name, String value) {
        String metadata = metadata().encode();
        assertRefused(
                name.equals("redirect_uris") ? "invalid_redirect_uri" : "invalid_client_metadata",
                new JsonObject(metadata.substring(0, metadata.length() - 1) + ",\"" + name + "\":" + value + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{\"client_name\":\"a\",\"client_name\":\"b\"}", "{} {}"})
    @DisplayName("RFC 7591, 3.1: the request is one JSON object")
    void theRequestIsJson(String body) {
        Answer answer = open.post(null, body);
        assertThat(answer.error()).isEqualTo("400 invalid_client_metadata");
    }

    @Test
    @DisplayName("RFC 7591, 3.1: it is sent as application/json, by POST, and is not too long")
    void theRequestIsAPost() {
        byte[] body = metadata().encode().getBytes(StandardCharsets.UTF_8);
        assertThat(caller.postRaw("/oauth2/register", null, "text/plain", body).error())
                .isEqualTo("400 invalid_request");
        assertThat(caller.get("/oauth2/register", null).status()).isEqualTo(405);
        assertThat(open.post(null, metadata().put("x", "x".repeat(66_000))).status())
                .isEqualTo(413);
    }

    @Test
    @DisplayName("RFC 7591, 5: whom nobody vouches for is shown as a stranger, with where the answer goes")
    void strangersAreShownAsSuch() {
        JsonObject client = open.registered(null, metadata().put("client_uri", "https://boat.example.org/about"));
        assertThat(consent(client))
                .contains("id=\"stranger\"", "boat.example.org", "127.0.0.1")
                .doesNotContain("/about");
        assertThat(consent(open.registered(INITIAL_TOKEN, metadata()))).doesNotContain("id=\"stranger\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_credentials", "urn:ietf:params:oauth:grant-type:device_code", "password"})
    @DisplayName("RFC 7591, 5: strangers get no grant beyond the authorization code")
    void strangersGetTheCodeGrantOnly(String grant) {
        assertRefused(
                "invalid_client_metadata",
                metadata()
                        .put("token_endpoint_auth_method", "client_secret_basic")
                        .put(
                                "grant_types",
                                new JsonArray().add("authorization_code").add(grant)));
    }

    @Test
    @DisplayName("RFC 7591, 5: strangers must use PKCE, also where they have a secret")
    void strangersUsePkce() {
        JsonObject client = open.registered(null, metadata().put("token_endpoint_auth_method", "client_secret_basic"));
        CodeFlow flow = new CodeFlow(caller, client.getString("client_id"), client.getString("client_secret"));
        Page page = new Person(NODE.address())
                .open(flow.request("openid", "code_challenge", null, "code_challenge_method", null));
        assertThat(page.answer()).containsEntry("error", "invalid_request");
        assertThat(flow.tokens(new Person(NODE.address()), "openid").text("access_token"))
                .isNotEmpty();
    }

    @Test
    @DisplayName("OpenID Connect Dynamic Client Registration 1.0, 2: ID tokens can be signed by the client's secret")
    void idTokensByTheSecret() {
        JsonObject client = open.registered(
                null,
                metadata()
                        .put("token_endpoint_auth_method", "client_secret_jwt")
                        .put("id_token_signed_response_alg", "HS256"));
        String clientId = client.getString("client_id");
        byte[] secret = client.getString("client_secret").getBytes(StandardCharsets.UTF_8);
        CodeFlow flow = new CodeFlow(caller, clientId, null);
        Answer tokens = caller.post(
                "/oauth2/token",
                null,
                "grant_type",
                "authorization_code",
                "code",
                flow.code(new Person(NODE.address()), "openid"),
                "redirect_uri",
                CodeFlow.REDIRECT_URI,
                "code_verifier",
                CodeFlow.VERIFIER,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                Assertion.of(clientId, NODE.address().toString(), "HS256").signed(secret));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        String[] idToken = tokens.text("id_token").split("\\.");
        assertThat(new String(java.util.Base64.getUrlDecoder().decode(idToken[0]), StandardCharsets.UTF_8))
                .contains("HS256");
    }

    @Test
    @DisplayName("RFC 7591, 5: a tenant holds so many clients only")
    void theMostOfATenant() {
        List<JsonObject> clients = new java.util.ArrayList<>();
        Answer last;
        do {
            last = byToken.post(INITIAL_TOKEN, metadata());
            if (last.status() == 201) {
                clients.add(last.json());
            }
        } while (last.status() == 201 && clients.size() < 5);
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isNotNull();
        clients.forEach(client -> assertThat(byToken.delete(client).status()).isEqualTo(204));
        assertThat(byToken.delete(byToken.registered(INITIAL_TOKEN, metadata())).status())
                .isEqualTo(204);
    }

    @Test
    @DisplayName("RFC 8414, 2: registration_endpoint stands in the metadata of whoever lets register")
    void discovery() {
        assertThat(discovery("").getString("registration_endpoint")).isEqualTo(NODE.address() + "/oauth2/register");
        assertThat(discovery("/t/token").getString("registration_endpoint"))
                .isEqualTo(NODE.address() + "/t/token/oauth2/register");
        assertThat(discovery("/t/shut").containsKey("registration_endpoint")).isFalse();
        assertThat(discovery("").getBoolean("client_id_metadata_document_supported"))
                .isTrue();
        assertThat(discovery("/t/token").getBoolean("client_id_metadata_document_supported"))
                .isFalse();
        assertThat(new Registering(caller, "/t/shut").post(null, metadata()).error())
                .isEqualTo("403 access_denied");
    }

    private JsonObject discovery(String tenant) {
        return caller.get(tenant + "/.well-known/openid-configuration", null).json();
    }

    private static Assertion statement() {
        return Assertion.of("software", "anybody", "ES256").with("iss", STATEMENT_ISSUER);
    }

    private String consent(JsonObject client) {
        Person person = new Person(NODE.address());
        CodeFlow flow = new CodeFlow(caller, client.getString("client_id"), null);
        return person.logIn(person.open(flow.request("openid"))).body();
    }

    private void assertRefused(String error, JsonObject metadata) {
        Answer answer = open.post(null, metadata);
        assertThat(answer.error()).as(answer.body()).isEqualTo("400 " + error);
        assertThat(answer.text("error_description")).isNotEmpty();
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }
}
