package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PKITLSClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.SelfSignedTLSClientAuthentication;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What RFC 8705 (OAuth 2.0 Mutual-TLS Client Authentication and Certificate-Bound Access Tokens) demands, over real TLS. */
class Rfc8705Test {
    private static final String DN = "CN=payments,O=Example,C=DE";
    private static final String SECRET = "web-secret-0123456789abcdef0123456789";
    private static final TlsNode TLS = new TlsNode();
    private static final KeyPair OWN = CertificateRequest.elliptic();
    private static final KeyPair RSA = CertificateRequest.rsa();
    private static final KeyPair EDWARDS = CertificateRequest.edwards();
    private static final KeySetServer KEYS = new KeySetServer("127.0.0.1");

    @RegisterExtension
    static final RunningNode NODE = TLS.running("""
            http_client: {allow: [127.0.0.1]}
            bootstrap:
              clients:
                - {client_id: dn, token_endpoint_auth_method: tls_client_auth, scope: api,
                   grant_types: [client_credentials], tls_client_auth_subject_dn: "%1$s"}
                - {client_id: dns, token_endpoint_auth_method: tls_client_auth, scope: api,
                   grant_types: [client_credentials], tls_client_auth_san_dns: payments.example.org}
                - {client_id: uri, token_endpoint_auth_method: tls_client_auth, scope: api,
                   grant_types: [client_credentials], tls_client_auth_san_uri: "spiffe://example.org/payments"}
                - {client_id: ip, token_endpoint_auth_method: tls_client_auth, scope: api,
                   grant_types: [client_credentials], tls_client_auth_san_ip: 192.0.2.7}
                - {client_id: email, token_endpoint_auth_method: tls_client_auth, scope: api,
                   grant_types: [client_credentials], tls_client_auth_san_email: ops@example.org}
                - {client_id: self, token_endpoint_auth_method: self_signed_tls_client_auth, scope: api,
                   grant_types: [client_credentials], jwks: '%2$s'}
                - {client_id: remote, token_endpoint_auth_method: self_signed_tls_client_auth, scope: api,
                   grant_types: [client_credentials], jwks_uri: "%3$s"}
                - {client_id: bound, token_endpoint_auth_method: tls_client_auth, scope: openid api offline_access,
                   grant_types: [client_credentials, authorization_code, refresh_token], redirect_uris: ["%4$s"],
                   tls_client_auth_subject_dn: "%1$s", tls_client_certificate_bound_access_tokens: true}
                - {client_id: web, client_secret: %5$s, scope: openid api, redirect_uris: ["%4$s"],
                   grant_types: [client_credentials, authorization_code],
                   tls_client_certificate_bound_access_tokens: true}
                - {client_id: signing, client_secret: %5$s, scope: openid api, redirect_uris: ["%4$s"],
                   grant_types: [authorization_code], userinfo_signed_response_alg: ES256,
                   tls_client_certificate_bound_access_tokens: true}
                - {client_id: spa, token_endpoint_auth_method: none, scope: openid api offline_access,
                   grant_types: [authorization_code, refresh_token], redirect_uris: ["%4$s"],
                   tls_client_certificate_bound_access_tokens: true}
                - {client_id: basic, client_secret: %5$s, scope: api, grant_types: [client_credentials]}
                - {client_id: demo, client_secret: %5$s, scope: openid api, redirect_uris: ["%4$s"]}
              users:
                - {username: ada, password: %6$s}
            """.formatted(
                    DN,
                    set(Assertion.jwk(OWN, null), jwk(RSA), jwk(EDWARDS)),
                    KEYS.uri(),
                    CodeFlow.REDIRECT_URI,
                    SECRET,
                    RunningNode.ADA_PASSWORD));

    private final URI base = NODE.address();

    private static JsonObject jwk(KeyPair keys) {
        return Assertion.jwk(keys, null);
    }

    private static String set(JsonObject... keys) {
        return new JsonObject().put("keys", List.of(keys)).encode();
    }

    private static CertificateRequest payments() {
        return CertificateRequest.of(DN)
                .dns("payments.example.org")
                .uri("spiffe://example.org/payments")
                .ip("192.0.2.7")
                .email("ops@example.org")
                .forUse(CertificateRequest.CLIENT_AUTH);
    }

    private Caller showing(MadeCertificate certificate) {
        return Caller.over(TLS.showing(certificate), base);
    }

    private Caller bare() {
        return Caller.over(TLS.trusting(), base);
    }

    private static Answer token(Caller caller, String clientId, String... more) {
        String[] pairs = Stream.concat(
                        Stream.of("grant_type", "client_credentials", "client_id", clientId), Arrays.stream(more))
                .toArray(String[]::new);
        return caller.post("/oauth2/token", null, pairs);
    }

    private static void refused(Caller caller, String clientId) {
        assertThat(token(caller, clientId).error()).isEqualTo("401 invalid_client");
    }

    private static String given(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        return answer.text("access_token");
    }

    private static String thumbprint(MadeCertificate certificate) {
        return X509CertUtils.computeSHA256Thumbprint(certificate.certificate()).toString();
    }

    private static JsonObject claims(String jwt) {
        return new JsonObject(Base64URL.from(jwt.split("\\.")[1]).decodeToString());
    }

    @ParameterizedTest
    @DisplayName("RFC 8705, 2.1.2: the one name that the client registered is looked for, of whatever kind it is")
    @CsvSource({"dn", "dns", "uri", "ip", "email"})
    void byEachKindOfName(String clientId) {
        MadeCertificate own = payments().signedBy(TLS.clients);
        JsonObject claims = claims(given(token(showing(own), clientId)));
        assertThat(claims.getString("client_id")).isEqualTo(clientId);
        assertThat(claims.containsKey("cnf")).as("it did not register so").isFalse();
        refused(showing(CertificateRequest.of("CN=payments,O=Other,C=DE").signedBy(TLS.clients)), clientId);
    }

    @Test
    @DisplayName("RFC 8705, 2: the client_id tells whose certificate it is")
    void theClientIsNamed() {
        Caller caller = showing(payments().signedBy(TLS.clients));
        assertThat(caller.post("/oauth2/token", null, "grant_type", "client_credentials")
                        .error())
                .isEqualTo("401 invalid_client");
        refused(caller, "nobody");
    }

    @Test
    @DisplayName("RFC 8705, 2: without a certificate such a client is nobody, whatever else it shows")
    void withoutACertificate() {
        refused(bare(), "dn");
        refused(bare(), "self");
        for (String clientId : List.of("dn", "self")) {
            assertThat(token(bare(), clientId, "client_secret", SECRET).error()).isEqualTo("401 invalid_client");
            assertThat(showing(payments().signedBy(TLS.clients))
                            .post("/oauth2/token", Caller.basic(clientId, SECRET), "grant_type", "client_credentials")
                            .error())
                    .isEqualTo("401 invalid_client");
        }
    }

    @Test
    @DisplayName("RFC 8705, 2.1: a certificate of no trusted authority does not count, whatever name it has")
    void byTheAuthority() {
        MadeCertificate impostor = CertificateRequest.of("CN=Authority of clients,O=Example")
                .authority()
                .selfSigned();
        refused(showing(payments().signedBy(impostor)), "dn");
        refused(showing(payments().selfSigned()), "dn");
        MadeCertificate leaf = CertificateRequest.of("CN=leaf").signedBy(TLS.clients);
        refused(showing(payments().signedBy(leaf)), "dn");
        refused(showing(payments().signedBy(TLS.authority)), "dn");
    }

    @Test
    @DisplayName("RFC 8705, 2.1: the chain may lead through authorities that it brings along")
    void throughAnotherAuthority() {
        MadeCertificate between =
                CertificateRequest.of("CN=Between").authority().signedBy(TLS.clients);
        MadeCertificate own = payments().signedBy(between);
        given(token(showing(own), "dn"));
        refused(showing(own.alone()), "dn");
    }

    @Test
    @DisplayName("RFC 8705, 2.1: a certificate counts while it is valid, and for clients only")
    void validNowAndForClients() {
        Instant now = Instant.now();
        refused(
                showing(payments()
                        .valid(now.minusSeconds(7200), now.minusSeconds(3600))
                        .signedBy(TLS.clients)),
                "dn");
        refused(
                showing(payments()
                        .valid(now.plusSeconds(3600), now.plusSeconds(7200))
                        .signedBy(TLS.clients)),
                "dn");
        refused(
                showing(CertificateRequest.of(DN)
                        .forUse(CertificateRequest.SERVER_AUTH)
                        .signedBy(TLS.clients)),
                "dn");
        given(token(showing(CertificateRequest.of(DN).signedBy(TLS.clients)), "dn"));
    }

    static Stream<KeyPair> registered() {
        return Stream.of(OWN, RSA, EDWARDS);
    }

    @ParameterizedTest
    @MethodSource("registered")
    @DisplayName("RFC 8705, 2.2: a certificate that the client signed counts by its key, whatever stands in it")
    void byKey(KeyPair keys) {
        given(token(showing(CertificateRequest.of("CN=anything").keys(keys).selfSigned()), "self"));
        given(token(showing(CertificateRequest.of("CN=else").keys(keys).signedBy(TLS.clients)), "self"));
    }

    @Test
    @DisplayName("RFC 8705, 2.2: another key does not count, also under the same name")
    void byAnotherKey() {
        refused(showing(CertificateRequest.of("CN=anything").selfSigned()), "self");
        refused(showing(payments().signedBy(TLS.clients)), "self");
        Instant now = Instant.now();
        refused(
                showing(CertificateRequest.of("CN=anything")
                        .keys(OWN)
                        .valid(now.minusSeconds(7200), now.minusSeconds(3600))
                        .selfSigned()),
                "self");
        refused(showing(CertificateRequest.of(DN).keys(OWN).selfSigned()), "dn");
    }

    @Test
    @DisplayName("RFC 8705, 2.2.2: the key may stand in the set at the client's jwks_uri")
    void byPublishedKey() {
        KEYS.publish(set(jwk(OWN)));
        given(token(showing(CertificateRequest.of("CN=anything").keys(OWN).selfSigned()), "remote"));
        refused(showing(CertificateRequest.of("CN=anything").selfSigned()), "remote");
    }

    @Test
    @DisplayName("RFC 8705, 2: a certificate stands in for no secret")
    void aSecretIsStillWanted() {
        refused(showing(payments().signedBy(TLS.clients)), "basic");
        assertThat(token(showing(payments().selfSigned()), "basic", "client_secret", SECRET)
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 8705, 2: every endpoint where clients authenticate takes the certificate")
    void atEveryEndpoint() {
        Caller caller = showing(payments().signedBy(TLS.clients));
        String token = given(token(caller, "dn"));
        assertThat(caller.post("/oauth2/introspect", null, "client_id", "dn", "token", token)
                        .json()
                        .getBoolean("active"))
                .isTrue();
        assertThat(bare().post("/oauth2/introspect", null, "client_id", "dn", "token", token)
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(bare().post("/oauth2/revoke", null, "client_id", "dn", "token", token)
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(caller.post("/oauth2/revoke", null, "client_id", "dn", "token", token)
                        .status())
                .isEqualTo(200);
        assertThat(caller.post("/oauth2/introspect", null, "client_id", "dn", "token", token)
                        .json()
                        .getBoolean("active"))
                .isFalse();
        assertThat(caller.post(
                                "/oauth2/par",
                                null,
                                "client_id",
                                "bound",
                                "response_type",
                                "code",
                                "redirect_uri",
                                CodeFlow.REDIRECT_URI,
                                "code_challenge",
                                CodeFlow.challenge(CodeFlow.VERIFIER),
                                "code_challenge_method",
                                "S256")
                        .status())
                .isEqualTo(201);
    }

    @Test
    @DisplayName(
            "RFC 8705, 3.1: a bound token holds the SHA-256 thumbprint of the certificate, and nothing else in cnf")
    void tokensAreBound() {
        MadeCertificate own = payments().signedBy(TLS.clients);
        JsonObject claims = claims(given(token(showing(own), "bound")));
        assertThat(claims.getJsonObject("cnf")).isEqualTo(new JsonObject().put("x5t#S256", thumbprint(own)));
    }

    @Test
    @DisplayName("RFC 8705, 3.2: introspection tells what a token is bound to, of which it stays a Bearer token")
    void introspectionTells() {
        MadeCertificate own = payments().signedBy(TLS.clients);
        Caller caller = showing(own);
        String token = given(token(caller, "bound"));
        JsonObject told = caller.post("/oauth2/introspect", null, "client_id", "bound", "token", token)
                .json();
        assertThat(told.getJsonObject("cnf")).isEqualTo(new JsonObject().put("x5t#S256", thumbprint(own)));
        assertThat(told.getString("token_type")).isEqualTo("Bearer");
    }

    @Test
    @DisplayName("RFC 8705, 3.3: metadata tells of certificates, and of the methods that use them")
    void metadataTells() {
        JsonObject metadata =
                bare().get("/.well-known/oauth-authorization-server", null).json();
        assertThat(metadata.getBoolean("tls_client_certificate_bound_access_tokens"))
                .isTrue();
        for (String endpoint : List.of("token", "introspection", "revocation")) {
            assertThat(metadata.getJsonArray(endpoint + "_endpoint_auth_methods_supported"))
                    .contains("tls_client_auth", "self_signed_tls_client_auth");
        }
        assertThat(metadata.getString("issuer")).startsWith("https://");
        JsonObject userinfo = bare().get("/.well-known/oauth-protected-resource/oauth2/userinfo", null)
                .json();
        assertThat(userinfo.getBoolean("tls_client_certificate_bound_access_tokens"))
                .isTrue();
    }

    @Test
    @DisplayName("RFC 8705, 3.4: a client that registered for bound tokens gets no others")
    void noOthers() {
        assertThat(bare().post("/oauth2/token", Caller.basic("web", SECRET), "grant_type", "client_credentials")
                        .error())
                .isEqualTo("400 invalid_request");
        MadeCertificate any = CertificateRequest.of("CN=any").selfSigned();
        Answer answer =
                showing(any).post("/oauth2/token", Caller.basic("web", SECRET), "grant_type", "client_credentials");
        assertThat(claims(given(answer)).getJsonObject("cnf").getString("x5t#S256"))
                .isEqualTo(thumbprint(any));
    }

    @Test
    @DisplayName("RFC 8705, 3.4: a DPoP proof besides would bind the token twice: it is refused")
    void notByBoth() {
        MadeCertificate any = CertificateRequest.of("CN=any").selfSigned();
        assertThat(showing(any)
                        .send(
                                "POST",
                                "/oauth2/token",
                                Caller.form("grant_type", "client_credentials"),
                                "Authorization",
                                Caller.basic("web", SECRET),
                                "Content-Type",
                                "application/x-www-form-urlencoded",
                                "DPoP",
                                "a.b.c")
                        .error())
                .isEqualTo("400 invalid_request");
    }

    private CodeFlow flow(Caller caller, String clientId, String secret) {
        return new CodeFlow(caller, clientId, secret);
    }

    private Person ada() {
        return Person.over(TLS.trusting(), base);
    }

    @ParameterizedTest
    @CsvSource({"web", "signing"})
    @DisplayName("RFC 8705, 3: a bound token counts on a connection with its certificate only")
    void boundTokensCountWithTheirCertificateOnly(String clientId) {
        MadeCertificate own = CertificateRequest.of("CN=web").selfSigned();
        CodeFlow flow = flow(showing(own), clientId, SECRET);
        String token = given(flow.tokens(ada(), "openid"));
        assertThat(flow.userinfo(token).status()).isEqualTo(200);
        assertThat(showing(own)
                        .post("/oauth2/userinfo", null, "access_token", token)
                        .status())
                .isEqualTo(200);
        MadeCertificate other = CertificateRequest.of("CN=web").selfSigned();
        for (Caller thief : List.of(showing(other), bare())) {
            Answer answer = thief.get("/oauth2/userinfo", "Bearer " + token);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
            assertThat(thief.post("/oauth2/userinfo", null, "access_token", token)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(flow.caller().get("/oauth2/userinfo", "DPoP " + token).status())
                .as("it is bound to no key")
                .isEqualTo(401);
    }

    @Test
    @DisplayName("RFC 8705, 3: a token that is bound to nothing counts on any connection")
    void unboundTokens() {
        CodeFlow flow = flow(bare(), "demo", SECRET);
        String token = given(flow.tokens(ada(), "openid"));
        MadeCertificate any = CertificateRequest.of("CN=any").selfSigned();
        assertThat(showing(any).get("/oauth2/userinfo", "Bearer " + token).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 8705, 3: doors that know no certificates take no bound token")
    void vendorsDoors() {
        MadeCertificate own = CertificateRequest.of("CN=web").selfSigned();
        CodeFlow flow = flow(showing(own), "web", SECRET);
        String token = given(flow.tokens(ada(), "openid"));
        assertThat(flow.caller().get("/auth/me", "Bearer " + token).status()).isNotEqualTo(200);
    }

    @Test
    @DisplayName("RFC 8705, 4: refresh tokens of a public client are bound to its certificate")
    void refreshTokensOfPublicClients() {
        MadeCertificate own = CertificateRequest.of("CN=spa").selfSigned();
        CodeFlow flow = flow(showing(own), "spa", null);
        Answer first = flow.tokens(ada(), "openid offline_access");
        assertThat(claims(given(first)).getJsonObject("cnf").getString("x5t#S256"))
                .isEqualTo(thumbprint(own));
        String refreshToken = first.text("refresh_token");

        MadeCertificate other = CertificateRequest.of("CN=spa").selfSigned();
        assertThat(flow(showing(other), "spa", null).refresh(refreshToken).error())
                .isEqualTo("400 invalid_grant");
        assertThat(flow(bare(), "spa", null).refresh(refreshToken).error()).isEqualTo("400 invalid_request");

        Answer second = flow.refresh(refreshToken);
        assertThat(claims(given(second)).getJsonObject("cnf").getString("x5t#S256"))
                .as("a thief spoils nothing")
                .isEqualTo(thumbprint(own));
    }

    @Test
    @DisplayName("RFC 8705, 6.3: a confidential client may renew its certificate, and its refresh tokens go on")
    void refreshTokensOfConfidentialClients() {
        MadeCertificate own = payments().signedBy(TLS.clients);
        CodeFlow flow = flow(showing(own), "bound", null);
        Answer first = flow.tokens(ada(), "openid offline_access");
        MadeCertificate renewed = payments().signedBy(TLS.clients);
        Answer second = flow(showing(renewed), "bound", null).refresh(first.text("refresh_token"));
        assertThat(claims(given(second)).getJsonObject("cnf").getString("x5t#S256"))
                .isEqualTo(thumbprint(renewed));
        assertThat(flow(bare(), "bound", null)
                        .refresh(second.text("refresh_token"))
                        .error())
                .isEqualTo("401 invalid_client");
    }

    @Test
    @DisplayName("RFC 8705, 2: another party's client authenticates by either method")
    void nimbus() throws Exception {
        SSLContext signed = TLS.showing(payments().signedBy(TLS.clients));
        SSLContext own = TLS.showing(CertificateRequest.of("CN=own").keys(OWN).selfSigned());
        for (ClientAuthentication authentication : List.of(
                new PKITLSClientAuthentication(new ClientID("dn"), signed.getSocketFactory()),
                new SelfSignedTLSClientAuthentication(new ClientID("self"), own.getSocketFactory()))) {
            TokenRequest request = new TokenRequest.Builder(
                            URI.create(base + "/oauth2/token"), authentication, new ClientCredentialsGrant())
                    .scope(new Scope("api"))
                    .build();
            TokenResponse response = TokenResponse.parse(request.toHTTPRequest().send());
            assertThat(response.indicatesSuccess()).isTrue();
        }
    }
}
