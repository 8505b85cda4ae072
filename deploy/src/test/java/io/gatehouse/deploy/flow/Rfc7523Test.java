package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretJWT;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client authentication by signed assertions (RFC 7523, sections 2.2 and 3; OpenID Connect Core, section 9). */
class Rfc7523Test {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String SECRET = "hs-secret-0123456789abcdef0123456789";
    private static final KeyPair EC = Assertion.key("EC");
    private static final KeyPair RSA = Assertion.key("RSA");
    private static final KeyPair EDWARDS = Assertion.key("Ed25519");
    private static final KeyPair STRANGE = Assertion.key("EC");
    private static final KeySetServer OPEN = new KeySetServer("127.0.0.1");
    private static final KeySetServer CLOSED = new KeySetServer("127.0.0.2");

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            http_client: {allow: [127.0.0.1]}
            bootstrap:
              clients:
                - {client_id: keys, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                   scope: api, jwks: %s}
                - {client_id: pinned, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                   scope: api, token_endpoint_auth_signing_alg: PS256, jwks: %s}
                - {client_id: other, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                   scope: api, jwks: '%s'}
                - {client_id: hs, token_endpoint_auth_method: client_secret_jwt, grant_types: [client_credentials],
                   scope: api, client_secret: %s}
                - {client_id: basic, grant_types: [client_credentials], scope: api, client_secret: %s}
                - {client_id: remote, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                   scope: api, jwks_uri: "%s"}
                - {client_id: inside, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                   scope: api, jwks_uri: "%s"}
            """.formatted(
                    set(Assertion.jwk(EC, "ec"), Assertion.jwk(RSA, "rsa"), Assertion.jwk(EDWARDS, "ed")),
                    set(Assertion.jwk(RSA, null)),
                    set(Assertion.jwk(STRANGE, "ec")),
                    SECRET,
                    SECRET,
                    OPEN.uri(),
                    CLOSED.uri()));

    private final Caller caller = NODE.caller();
    private final String issuer = caller.base().toString();

    private static String set(JsonObject... keys) {
        return new JsonObject().put("keys", new JsonArray(List.of(keys))).encode();
    }

    private Assertion assertion(String clientId, String algorithm) {
        return Assertion.of(clientId, issuer, algorithm);
    }

    private Assertion usual() {
        return assertion("keys", "ES256").header("kid", "ec");
    }

    private Answer post(String path, String assertion, String... more) {
        return caller.post(path, null, pairs(assertion, more));
    }

    private static String[] pairs(String assertion, String... more) {
        List<String> pairs = new ArrayList<>(List.of("client_assertion_type", TYPE, "client_assertion", assertion));
        pairs.addAll(Arrays.asList(more));
        return pairs.toArray(String[]::new);
    }

    private Answer token(String assertion, String... more) {
        List<String> all = new ArrayList<>(List.of("grant_type", "client_credentials"));
        all.addAll(Arrays.asList(more));
        return post("/oauth2/token", assertion, all.toArray(String[]::new));
    }

    private void refused(String assertion) {
        assertThat(token(assertion).error()).as(assertion).isEqualTo("401 invalid_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA", "Ed25519"})
    void aClientAuthenticatesByAnyKeyThatItRegistered(String algorithm) {
        KeyPair key = switch (algorithm) {
            case "ES256" -> EC;
            case "EdDSA", "Ed25519" -> EDWARDS;
            default -> RSA;
        };
        Answer answer = token(assertion("keys", algorithm).signed(key));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("scope")).isEqualTo("api");
    }

    @Test
    void aClientAuthenticatesByItsSecretWithoutShowingIt() {
        assertThat(token(assertion("hs", "HS256").signed(bytes(SECRET))).status())
                .isEqualTo(200);
        refused(assertion("hs", "HS256").signed(bytes(SECRET + "x")));
    }

    @Test
    @DisplayName("RFC 7523, 2.2: client assertion type must be JWT bearer")
    void clientAssertionTypeMustBeJwtBearer() {
        String assertion = usual().signed(EC);
        assertThat(caller.post(
                                "/oauth2/token",
                                null,
                                "grant_type",
                                "client_credentials",
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:saml2-bearer",
                                "client_assertion",
                                assertion)
                        .error())
                .isEqualTo("401 invalid_client");
        for (String lonely : new String[] {"client_assertion", "client_assertion_type"}) {
            assertThat(caller.post(
                                    "/oauth2/token",
                                    null,
                                    "grant_type",
                                    "client_credentials",
                                    "client_id",
                                    "keys",
                                    lonely,
                                    lonely.endsWith("type") ? TYPE : assertion)
                            .error())
                    .isEqualTo("400 invalid_request");
        }
    }

    @Test
    @DisplayName("RFC 7523, 2.2: client id is optional and must identify the same client")
    void clientIdIsOptionalAndMustIdentifyTheSameClient() {
        assertThat(token(usual().signed(EC), "client_id", "keys").status()).isEqualTo(200);
        assertThat(token(usual().signed(EC), "client_id", "other").error()).isEqualTo("400 invalid_request");
    }

    @Test
    void theClientMustNotUseMoreThanOneMethod() {
        assertThat(token(assertion("hs", "HS256").signed(bytes(SECRET)), "client_secret", SECRET)
                        .error())
                .isEqualTo("400 invalid_request");
        String[] pairs = pairs(usual().signed(EC), "grant_type", "client_credentials");
        assertThat(caller.post("/oauth2/token", Caller.basic("keys", ""), pairs).error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    void theMethodIsTheOneThatIsRegistered() {
        for (String clientId : List.of("hs", "keys")) {
            assertThat(caller.post("/oauth2/token", Caller.basic(clientId, SECRET), "grant_type", "client_credentials")
                            .error())
                    .isEqualTo("401 invalid_client");
        }
        refused(assertion("basic", "HS256").signed(bytes(SECRET)));
        refused(assertion("basic", "ES256").signed(EC));
    }

    @ParameterizedTest
    @DisplayName("RFC 7523, 3: the JWT must have iss and sub that are the client id")
    @ValueSource(strings = {"iss", "sub"})
    void theJwtMustHaveIssAndSubThatAreTheClientId(String claim) {
        refused(usual().with(claim, null).signed(EC));
        refused(usual().with(claim, "other").signed(EC));
        refused(usual().with(claim, new JsonArray().add("keys")).signed(EC));
    }

    @Test
    @DisplayName("RFC 7523, 3: the JWT must have an aud that identifies this server")
    void theJwtMustHaveAnAudThatIdentifiesThisServer() {
        for (String audience : List.of(issuer, issuer + "/oauth2/token")) {
            assertThat(token(usual().with("aud", audience).signed(EC)).status())
                    .as(audience)
                    .isEqualTo(200);
        }
        for (Object audience : new Object[] {
            null, "", "https://other.example.org", issuer + "/", issuer + ".example.org", issuer + "/oauth2/userinfo", 7
        }) {
            refused(usual().with("aud", audience).signed(EC));
        }
        refused(usual().with("aud", new JsonArray().add(issuer)).signed(EC));
        refused(usual().with("aud", new JsonArray().add(issuer).add("https://other.example.org"))
                .signed(EC));
    }

    @Test
    @DisplayName("RFC 7523, 3: the JWT must have an exp that has not passed")
    void theJwtMustHaveAnExpThatHasNotPassed() {
        long now = Instant.now().getEpochSecond();
        refused(usual().with("exp", null).signed(EC));
        refused(usual().with("exp", now - 60).signed(EC));
        refused(usual().with("exp", now + 4000).signed(EC));
        refused(usual().with("exp", "never").signed(EC));
        refused(usual().with("exp", now + 60.5).signed(EC));
        assertThat(token(usual().with("exp", now + 3500).signed(EC)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("RFC 7523, 3: the JWT must not be of the future")
    @ValueSource(strings = {"nbf", "iat"})
    void theJwtMustNotBeOfTheFuture(String claim) {
        long now = Instant.now().getEpochSecond();
        refused(usual().with(claim, now + 300).signed(EC));
        assertThat(token(usual().with(claim, now - 10).signed(EC)).status()).isEqualTo(200);
        assertThat(token(usual().with("iat", null).signed(EC)).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 7523, 3: the JWT must have a jti and counts once")
    void theJwtMustHaveAJtiAndCountsOnce() {
        refused(usual().with("jti", null).signed(EC));
        refused(usual().with("jti", "").signed(EC));
        refused(usual().with("jti", "x".repeat(257)).signed(EC));
        String assertion = usual().signed(EC);
        assertThat(token(assertion).status()).isEqualTo(200);
        refused(assertion);
        assertThat(post("/oauth2/introspect", assertion, "token", "x").error()).isEqualTo("401 invalid_client");
        Assertion again = usual().with("jti", "chosen");
        assertThat(token(again.signed(EC)).status()).isEqualTo(200);
        refused(again.signed(EC));
        refused(again.with("exp", Instant.now().getEpochSecond() + 400).signed(EC));
        assertThat(token(assertion("other", "ES256").with("jti", "chosen").signed(STRANGE))
                        .status())
                .as("of another client")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 7523, 3: of 64 uses at once one counts")
    void of64UsesAtOnceOneCounts() {
        String[] pairs = pairs(usual().signed(EC), "grant_type", "client_credentials");
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 64)
                .mapToObj(i -> caller.postLater("/oauth2/token", null, pairs))
                .toList();
        assertThat(answers.stream().map(answer -> answer.join().status()).toList())
                .containsOnly(200, 401)
                .containsOnlyOnce(200);
    }

    @Test
    @DisplayName("RFC 7523, 3: the JWT must be signed by the client")
    void theJwtMustBeSignedByTheClient() {
        refused(usual().signed(STRANGE));
        refused(assertion("other", "ES256").signed(EC));
        refused(usual().input() + ".");
        refused(usual().input());
        String right = usual().signed(EC);
        refused(right.substring(0, right.length() - 4) + "AAAA");
        refused(right + "=");
        String[] segments = right.split("\\.");
        refused(segments[0] + "." + usual().signed(EC).split("\\.")[1] + "." + segments[2]);
        refused("x.y.z");
        refused("..");
    }

    @Test
    @DisplayName("RFC 7523, 3: the algorithm is never none nor chosen by the JWT")
    void theAlgorithmIsNeverNoneNorChosenByTheJwt() {
        for (String none : List.of("none", "None", "nOnE", "")) {
            refused(assertion("keys", none).input() + ".");
        }
        // The public key as the secret of a MAC.
        refused(assertion("keys", "HS256").signed(EC.getPublic().getEncoded()));
        refused(assertion("keys", "HS256").signed(bytes(Assertion.jwk(EC, "ec").encode())));
        refused(assertion("hs", "ES256").signed(EC));
        refused(assertion("pinned", "RS256").signed(RSA));
        assertThat(token(assertion("pinned", "PS256").signed(RSA)).status()).isEqualTo(200);
        assertThat(token(assertion("pinned", "PS256").header("kid", "any").signed(RSA))
                        .status())
                .as("a key without kid")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 7523, 3: the header brings no key and no extension")
    void theHeaderBringsNoKeyAndNoExtension() {
        Assertion strange = usual().header("kid", "strange");
        refused(strange.header("jwk", Assertion.jwk(STRANGE, "strange")).signed(STRANGE));
        refused(strange.header("jku", OPEN.uri()).signed(STRANGE));
        refused(strange.header("x5u", OPEN.uri()).signed(STRANGE));
        refused(usual().header("crit", new JsonArray().add("exp")).signed(EC));
        refused(usual().header("b64", false).signed(EC));
        refused(usual().header("kid", "rsa").signed(EC));
    }

    @ParameterizedTest
    @CsvSource({"JWT, 200", "jwt, 200", "client-authentication+jwt, 200", "at+jwt, 401", "oauth-authz-req+jwt, 401"})
    void theJwtIsOfNoOtherKind(String type, int status) {
        assertThat(token(usual().header("typ", type).signed(EC)).status()).isEqualTo(status);
    }

    @Test
    @DisplayName("RFC 7523, 3: the JWT has no name twice")
    void theJwtHasNoNameTwice() {
        String claims = new JsonObject(new String(
                        Base64.getUrlDecoder().decode(usual().input().split("\\.")[1]), StandardCharsets.UTF_8))
                .encode();
        String twice = claims.substring(0, claims.length() - 1) + ",\"sub\":\"keys\"}";
        String input = Assertion.encoded("{\"alg\":\"ES256\"}") + "." + Assertion.encoded(twice);
        refused(Assertion.signed(input, "ES256", EC.getPrivate()));
    }

    @Test
    void everyEndpointOfClientsTakesIt() {
        String token = token(usual().signed(EC)).text("access_token");
        assertThat(post("/oauth2/introspect", usual().signed(EC), "token", token)
                        .json()
                        .getBoolean("active"))
                .isTrue();
        assertThat(post("/oauth2/revoke", usual().signed(EC), "token", token).status())
                .isEqualTo(200);
        assertThat(post("/oauth2/introspect", usual().signed(EC), "token", token)
                        .json()
                        .getBoolean("active"))
                .isFalse();
    }

    @Test
    void whoIsNotThereReadsLikeWhoHasAnotherKey() {
        assertThat(token(assertion("nobody", "ES256").signed(EC)).body())
                .isEqualTo(token(usual().signed(STRANGE)).body())
                .isEqualTo(token(assertion("basic", "ES256").signed(EC)).body());
    }

    @Test
    void keysAreFetchedWhereTheClientPublishesThem() {
        OPEN.publish(set(Assertion.jwk(EC, "one")));
        int before = OPEN.requests.get();
        for (int i = 0; i < 8; i++) {
            assertThat(token(assertion("remote", "ES256").header("kid", "one").signed(EC))
                            .status())
                    .isEqualTo(200);
        }
        refused(assertion("remote", "ES256").header("kid", "one").signed(STRANGE));
        refused(assertion("remote", "ES256").header("kid", "two").signed(STRANGE));
        int loops = Math.max(2, 2 * Runtime.getRuntime().availableProcessors());
        assertThat(OPEN.requests.get() - before).isBetween(1, loops);
    }

    @Test
    void anAddressThatIsNotAllowedIsNotAsked() {
        CLOSED.publish(set(Assertion.jwk(EC, "one")));
        refused(assertion("inside", "ES256").header("kid", "one").signed(EC));
        assertThat(CLOSED.requests).hasValue(0);
    }

    @Test
    void metadataSaysSo() {
        JsonObject metadata =
                caller.get("/.well-known/oauth-authorization-server", null).json();
        for (String endpoint : List.of("token", "introspection", "revocation")) {
            assertThat(metadata.getJsonArray(endpoint + "_endpoint_auth_methods_supported"))
                    .contains("private_key_jwt", "client_secret_jwt");
            assertThat(metadata.getJsonArray(endpoint + "_endpoint_auth_signing_alg_values_supported"))
                    .containsExactly("ES256", "RS256", "PS256", "EdDSA", "HS256");
        }
    }

    @Test
    void nimbusAuthenticates() throws Exception {
        OIDCProviderMetadata provider = OIDCProviderMetadata.resolve(new Issuer(issuer));
        for (ClientAuthentication client : List.of(
                new PrivateKeyJWT(
                        new ClientID("keys"),
                        provider.getTokenEndpointURI(),
                        JWSAlgorithm.ES256,
                        EC.getPrivate(),
                        "ec",
                        null),
                new PrivateKeyJWT(
                        new ClientID("keys"),
                        provider.getTokenEndpointURI(),
                        JWSAlgorithm.PS256,
                        RSA.getPrivate(),
                        "rsa",
                        null),
                new ClientSecretJWT(
                        new ClientID("hs"), provider.getTokenEndpointURI(), JWSAlgorithm.HS256, new Secret(SECRET)))) {
            TokenRequest request = new TokenRequest.Builder(
                            provider.getTokenEndpointURI(), client, new ClientCredentialsGrant())
                    .scope(new Scope("api"))
                    .build();
            assertThat(TokenResponse.parse(request.toHTTPRequest().send()).indicatesSuccess())
                    .isTrue();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
