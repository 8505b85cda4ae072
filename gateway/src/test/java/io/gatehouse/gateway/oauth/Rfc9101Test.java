package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.RequestDemands;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9101 demands of an authorization server that takes request objects by value. */
class Rfc9101Test extends AuthorizationCase {
    private static final ClientCredentials WEB =
            new ClientCredentials(AuthMethod.CLIENT_SECRET_POST, "web", Secret.of(Samples.SECRET));
    private static final RequestDemands SIGNED = new RequestDemands(false, true, null, List.of(), null);

    private final SignedRequests client = new SignedRequests();

    @BeforeEach
    void registerKeys() {
        register(CodeClient.named("web").jwks(client.jwks()));
        node.on(PushedRequests.Push.class, push -> new PushedRequests.Pushed(push.expiresAt()));
    }

    @ParameterizedTest
    @DisplayName("RFC 9101, 4: signed by any algorithm of the metadata")
    @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
    void signedByAnyAlgorithmOfTheMetadata(String algorithm) {
        assertThat(readSigned(client.signed(algorithm, claims())).state()).isEqualTo("inner");
    }

    @Test
    @DisplayName("RFC 9101, 6.3: only what is in the object counts")
    void onlyWhatIsInTheObjectCounts() {
        AuthorizationRequest request = readSigned(
                client.signed("ES256", claims("max_age", 60, "claims", Map.of("id_token", Map.of("email", Map.of())))),
                "scope",
                "admin",
                "state",
                "outer",
                "nonce",
                "outer",
                "prompt",
                "none",
                "response_type",
                "token",
                "redirect_uri",
                "https://evil.example.org/");
        assertThat(request.redirectUri()).isEqualTo(CodeClient.REDIRECT_URI);
        assertThat(request.scope()).isEqualTo(Scope.parse("openid"));
        assertThat(request.state()).isEqualTo("inner");
        assertThat(request.nonce()).isNull();
        assertThat(request.prompt()).isEmpty();
        assertThat(request.maxAge()).isEqualTo(60);
        assertThat(request.claims().idToken()).containsExactly("email");
    }

    @Test
    @DisplayName("RFC 9101, 6.2: the signature must be by a key of the client")
    void theSignatureMustBeByAKeyOfTheClient() {
        String stranger = new SignedRequests().signed("ES256", claims());
        assertRefused(stranger);
        String good = client.signed("ES256", claims());
        assertRefused(good.substring(0, good.length() - 4) + "AAAA");
        String[] parts = good.split("\\.");
        String other = client.signed("ES256", claims("scope", "openid email")).split("\\.")[1];
        assertRefused(parts[0] + "." + other + "." + parts[2]);
        assertThat(readSigned(good)).isNotNull();
    }

    @Test
    @DisplayName("RFC 9101, 10.5: none is never accepted")
    void noneIsNeverAccepted() {
        String[] parts = client.signed("ES256", claims()).split("\\.");
        for (String header : List.of(
                "{\"alg\":\"none\"}", "{\"alg\":\"NONE\"}", "{}", "{\"alg\":\"HS256\"}", "{\"alg\":[\"ES256\"]}")) {
            assertRefused(SignedRequests.part(header) + "." + parts[1] + ".");
            assertRefused(SignedRequests.part(header) + "." + parts[1] + "." + parts[2]);
        }
        assertRefused(parts[0] + "." + parts[1] + ".");
    }

    @ParameterizedTest
    @DisplayName("RFC 9101, 6.1: what is no JWT is refused")
    @ValueSource(
            strings = {
                "x",
                "a.b",
                "a.b.c",
                "....",
                "e30.e30.e30.e30.e30",
                "e30.e30.e30",
                "eyJhbGciOiJFUzI1NiIsImFsZyI6IkVTMjU2In0.e30.AAAA"
            })
    void whatIsNoJwtIsRefused(String object) {
        assertRefused(object);
        assertRefused(object.repeat(17_000 / object.length()));
    }

    @Test
    @DisplayName("RFC 9101, 10.8: the type tells requests from other JWTs")
    void theTypeTellsRequestsFromOtherJwts() {
        for (String typ : List.of("oauth-authz-req+jwt", "application/oauth-authz-req+jwt", "JWT", "jwt")) {
            assertThat(readSigned(client.typed(new JOSEObjectType(typ), claims())))
                    .as(typ)
                    .isNotNull();
        }
        assertThat(readSigned(client.typed(null, claims()))).isNotNull();
        for (String typ : List.of("at+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt")) {
            assertRefused(client.typed(new JOSEObjectType(typ), claims()));
        }
    }

    @Test
    @DisplayName("RFC 9101, 10.8: a client assertion is no request")
    void aClientAssertionIsNoRequest() {
        assertRefused(client.signed("ES256", claims("sub", "web")));
        assertThat(readSigned(client.signed("ES256", claims("sub", "somebody"))))
                .isNotNull();
    }

    @Test
    @DisplayName("RFC 9101, 4: issuer and audience are client and server")
    void issuerAndAudienceAreClientAndServer() {
        assertRefused(client.signed("ES256", claims("iss", null)));
        assertRefused(client.signed("ES256", claims("iss", "other")));
        assertRefused(client.signed("ES256", claims("aud", null)));
        assertRefused(client.signed("ES256", claims("aud", "https://other.example.org")));
        assertRefused(client.signed("ES256", claims("aud", TestNode.ISSUER + "/")));
        assertRefused(client.signed("ES256", claims("aud", List.of("https://other.example.org"))));
        assertThat(readSigned(client.signed("ES256", claims("aud", List.of("https://o.example.org", TestNode.ISSUER)))))
                .isNotNull();
    }

    @Test
    @DisplayName("RFC 9101, 5: the client ids must be the same")
    void theClientIdsMustBeTheSame() {
        assertRefused(client.signed("ES256", claims("client_id", "other")));
        assertRefused(client.signed("ES256", claims("client_id", null)));
    }

    @Test
    @DisplayName("RFC 9101, 4: objects do not nest")
    void objectsDoNotNest() {
        assertRefused(client.signed("ES256", claims("request", "e30.e30.")));
        assertRefused(client.signed("ES256", claims("request_uri", "urn:ietf:params:oauth:request_uri:x")));
    }

    @Test
    @DisplayName("RFC 9101, 5: a request and a request URI at once are refused")
    void aRequestAndARequestUriAtOnceAreRefused() {
        assertTold(
                Code.INVALID_REQUEST_URI,
                "request",
                client.signed("ES256", claims()),
                "request_uri",
                "https://app.example.org/r");
    }

    @Test
    @DisplayName("RFC 9101, 5.2: an object is fetched from a registered place only")
    void anObjectIsFetchedFromARegisteredPlaceOnly() {
        List<URI> fetched = new ArrayList<>();
        node.source = (asked, place) -> {
            fetched.add(place);
            return Future.succeededFuture(client.signed("ES256", claims()));
        };
        String place = "https://app.example.org/requests/1";
        register(CodeClient.named("web")
                .requests(new RequestDemands(false, false, null, List.of(place), null))
                .jwks(client.jwks()));
        assertThat(byReference(place + "#digest").state()).isEqualTo("inner");
        assertThat(fetched).containsExactly(URI.create(place));
        for (String other : List.of(
                "https://app.example.org/requests/2",
                "https://app.example.org/requests/1?",
                "https://app.example.org/requests/1/",
                "https://APP.example.org/requests/1",
                "http://169.254.169.254/",
                place + "#" + "x".repeat(500))) {
            assertTold(Code.INVALID_REQUEST_URI, "request_uri", other);
        }
        assertTold(Code.INVALID_REQUEST_URI, "request_uri", place, "request", client.signed("ES256", claims()));
        assertThat(fetched).hasSize(1);
    }

    @Test
    @DisplayName("RFC 9101, 5.2: what is fetched is verified as what is sent")
    void whatIsFetchedIsVerifiedAsWhatIsSent() {
        node.source = (asked, place) -> Future.succeededFuture(new SignedRequests().signed("ES256", claims()));
        String place = "https://app.example.org/requests/1";
        register(CodeClient.named("web")
                .requests(new RequestDemands(false, false, null, List.of(place), null))
                .jwks(client.jwks()));
        assertTold(Code.INVALID_REQUEST_OBJECT, "request_uri", place);
        node.source = (asked, where) ->
                Future.failedFuture(OAuthError.failure(Code.INVALID_REQUEST_URI, "nothing could be fetched"));
        assertTold(Code.INVALID_REQUEST_URI, "request_uri", place);
    }

    private AuthorizationRequest byReference(String requestUri) {
        Parameters parameters = new Parameters();
        parameters.add("client_id", "web");
        parameters.add("request_uri", requestUri);
        return await(service.read("main", TokenFamily.OAUTH, parameters));
    }

    @Test
    @DisplayName("RFC 9101, 4: its times are kept where it has any")
    void itsTimesAreKeptWhereItHasAny() {
        Instant now = TestClock.START;
        assertThat(readSigned(
                        client.signed("ES256", claims("exp", now.plusSeconds(1).getEpochSecond()))))
                .isNotNull();
        assertRefused(client.signed("ES256", claims("exp", now.minusSeconds(60).getEpochSecond())));
        assertRefused(client.signed("ES256", claims("exp", "soon")));
        assertThat(readSigned(client.signed("ES256", claims("nbf", now.getEpochSecond()))))
                .isNotNull();
        assertRefused(client.signed("ES256", claims("nbf", now.plusSeconds(60).getEpochSecond())));
        assertRefused(client.signed("ES256", claims("nbf", Map.of())));
    }

    @Test
    @DisplayName("RFC 9101, 6.1: the registered algorithm is the only one")
    void theRegisteredAlgorithmIsTheOnlyOne() {
        register(CodeClient.named("web")
                .requests(new RequestDemands(false, false, "PS256", List.of(), null))
                .jwks(client.jwks()));
        assertThat(readSigned(client.signed("PS256", claims()))).isNotNull();
        assertRefused(client.signed("RS256", claims()));
        assertRefused(client.signed("ES256", claims()));
    }

    @Test
    @DisplayName("RFC 9101, 6.2: a key is for what it says only")
    void aKeyIsForWhatItSaysOnly() {
        JWK encrypting = SignedRequests.key(JWSAlgorithm.ES256, "enc", true);
        register(CodeClient.named("web").jwks("{\"keys\":[" + encrypting.toPublicJWK() + "]}"));
        assertRefused(SignedRequests.signed(encrypting, JWSAlgorithm.ES256, null, claims()));
    }

    @ParameterizedTest
    @DisplayName("RFC 9101, 6.2: a key without name fits whatever name the header has")
    @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
    void aKeyWithoutNameFitsWhateverNameTheHeaderHas(String algorithm) {
        String nameless = client.jwks().replaceAll("\"kid\":\"[a-z]+\"", "\"x-kid\":\"\"");
        assertThat(nameless).doesNotContain("\"kid\"");
        register(CodeClient.named("web").jwks(nameless));
        assertThat(readSigned(client.signed(algorithm, claims())).state()).isEqualTo("inner");
        assertRefused(new SignedRequests().signed("ES256", claims()));
    }

    @Test
    void rfc9864_aKeyMayBeForEd25519ByThatName() {
        String renamed = client.jwks().replace("\"EdDSA\"", "\"Ed25519\"");
        assertThat(renamed).contains("\"alg\":\"Ed25519\"");
        register(CodeClient.named("web").jwks(renamed));
        assertThat(readSigned(client.signed("EdDSA", claims())).state()).isEqualTo("inner");
    }

    @Test
    @DisplayName("RFC 9101, 6.2: without keys nothing is signed")
    void withoutKeysNothingIsSigned() {
        register(CodeClient.named("web"));
        assertRefused(client.signed("ES256", claims()));
    }

    @Test
    @DisplayName("RFC 9101, 10.5: who must sign is refused unsigned")
    void whoMustSignIsRefusedUnsigned() {
        register(CodeClient.named("web").requests(SIGNED).jwks(client.jwks()));
        assertTold(Code.INVALID_REQUEST);
        assertThat(TestNode.refusal(pushing.push("main", WEB, request(), null, "203.0.113.7")))
                .isInstanceOf(OAuthError.Protocol.class);
        assertThatExceptionOfType(AuthorizationRefusal.class)
                .isThrownBy(() -> await(service.read("main", TokenFamily.BABELBIRD, request())));
        assertThat(readSigned(client.signed("ES256", claims()))).isNotNull();
    }

    @Test
    @DisplayName("RFC 9126, 3: a signed request may be pushed")
    void aSignedRequestMayBePushed() {
        register(CodeClient.named("web").requests(SIGNED).jwks(client.jwks()));
        Parameters body = new Parameters();
        body.add("client_secret", Samples.SECRET);
        body.add("scope", "admin");
        body.add("request", client.signed("ES256", claims()));
        await(pushing.push("main", WEB, body, null, "203.0.113.7"));
        PushedRequests.Push kept = node.askedOnce(PushedRequests.Push.class);
        Parameters parameters = Parameters.ofForm(kept.form());
        assertThat(parameters.get("scope")).isEqualTo("openid");
        assertThat(parameters.get("request")).isNull();
        node.on(PushedRequests.Find.class, find -> new PushedRequests.Found(kept.form()));
        Parameters browsers = new Parameters();
        browsers.add("client_id", "web");
        browsers.add("request_uri", "urn:ietf:params:oauth:request_uri:" + "A".repeat(43));
        assertThat(await(service.read("main", TokenFamily.OAUTH, browsers)).state())
                .isEqualTo("inner");
    }

    @Test
    @DisplayName("RFC 9126, 3: a bad object is not kept")
    void aBadObjectIsNotKept() {
        Parameters body = new Parameters();
        body.add("client_id", "web");
        body.add("request", new SignedRequests().signed("ES256", claims()));
        OAuthError error = TestNode.refusal(pushing.push("main", WEB, body, null, "203.0.113.7"));
        assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_REQUEST_OBJECT);
        assertThat(node.asked(PushedRequests.Push.class)).isEmpty();
    }

    @Test
    @DisplayName("RFC 9101, 7: what is wrong inside is told as anywhere")
    void whatIsWrongInsideIsToldAsAnywhere() {
        String object = client.signed("ES256", claims("scope", "admin", "state", STATE));
        assertTold(Code.INVALID_SCOPE, "request", object);
        assertOwnPage("request", client.signed("ES256", claims("redirect_uri", "https://evil.example.org/")));
    }

    /** Nobody is sent to a place that stands in no believable request and is not the client's. */
    @Test
    @DisplayName("RFC 9101, 7: a bad object is told to the client only")
    void aBadObjectIsToldToTheClientOnly() {
        assertTold(Code.INVALID_REQUEST_OBJECT, "request", "x");
        OAuthError error = TestNode.refusal(service.read(
                "main", TokenFamily.OAUTH, request("request", "x", "redirect_uri", "https://evil.example.org/")));
        assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_REQUEST_OBJECT);
    }

    private AuthorizationRequest readSigned(String object, String... outside) {
        Parameters parameters = new Parameters();
        parameters.add("client_id", "web");
        parameters.add("request", object);
        for (int i = 0; i < outside.length; i += 2) {
            parameters.add(outside[i], outside[i + 1]);
        }
        return await(service.read("main", TokenFamily.OAUTH, parameters));
    }

    private void assertRefused(String object) {
        assertTold(Code.INVALID_REQUEST_OBJECT, "request", object);
    }

    /** Those of a good request; changes are names and values in turn, null removes. */
    private static Map<String, Object> claims(Object... changes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "web");
        claims.put("aud", TestNode.ISSUER);
        claims.put("client_id", "web");
        claims.put("redirect_uri", CodeClient.REDIRECT_URI);
        claims.put("response_type", "code");
        claims.put("scope", "openid");
        claims.put("state", "inner");
        claims.put("code_challenge", CHALLENGE);
        claims.put("code_challenge_method", "S256");
        for (int i = 0; i < changes.length; i += 2) {
            claims.put((String) changes[i], changes[i + 1]);
            claims.values().removeIf(value -> value == null);
        }
        return claims;
    }
}
