package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.X509CertUtils;
import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that register for what extensions of OAuth 2.0 know: they get what declared ones get, and are held to as much. */
class RegisteredExtensionsTest {
    private static final String DN = "CN=boat,O=Example,C=DE";
    private static final String DETAILS = "authorization_details";
    private static final String PAYMENT = "[{\"type\":\"payment\",\"to\":\"Ada\"}]";
    private static final TlsNode TLS = new TlsNode();

    @RegisterExtension
    static final RunningNode NODE = TLS.running("""
            limits: {registrations_per_address: off}
            authorization_details:
              - {type: payment, description: make a payment, fields: [{name: to, label: To}]}
              - {type: others, description: do what the client has not registered}
            bootstrap:
              tenants:
                - id: main
                  registration: {mode: open, initial_access_tokens: [%s], scope: openid email offline_access api}
              users:
                - {username: ada, password: %s, email: ada@example.org}
            """.formatted(Registering.INITIAL_TOKEN, RunningNode.ADA_PASSWORD));

    private final Caller caller = Caller.over(TLS.trusting(), NODE.address());
    private final Registering registering = new Registering(caller, "");

    private JsonObject registered(JsonObject metadata) {
        return registering.registered(Registering.INITIAL_TOKEN, metadata);
    }

    private static JsonObject service() {
        return new JsonObject()
                .put("grant_types", new JsonArray().add("client_credentials"))
                .put("scope", "api");
    }

    private static String basic(JsonObject client) {
        return Caller.basic(client.getString("client_id"), client.getString("client_secret"));
    }

    private Answer byItself(JsonObject client, String details) {
        return caller.post("/oauth2/token", basic(client), "grant_type", "client_credentials", DETAILS, details);
    }

    @Test
    @DisplayName("RFC 9396, 10: a client registers the types that it will use")
    void authorizationDetailsTypes() {
        JsonArray types = new JsonArray().add("payment");
        JsonObject client = registered(service().put("authorization_details_types", types));
        assertThat(client.getJsonArray("authorization_details_types")).isEqualTo(types);
        Answer tokens = byItself(client, PAYMENT);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.json().getJsonArray(DETAILS)).isEqualTo(new JsonArray(PAYMENT));
        assertThat(byItself(client, "[{\"type\":\"others\"}]").error()).isEqualTo("400 invalid_authorization_details");
        assertThat(byItself(registered(service()), PAYMENT).error()).isEqualTo("400 invalid_authorization_details");
    }

    /** A stranger that could ask for a payment would have people read of one. */
    @Test
    void strangersGetNoTypes() {
        JsonObject client = registering.registered(
                null, Registering.metadata().put("authorization_details_types", new JsonArray().add("payment")));
        assertThat(client.containsKey("authorization_details_types")).isFalse();
        Page page = Person.over(TLS.trusting(), NODE.address())
                .open(new CodeFlow(caller, client.getString("client_id"), null).request("openid", DETAILS, PAYMENT));
        assertThat(page.answer()).containsEntry("error", "invalid_authorization_details");
    }

    @Test
    @DisplayName("RFC 8705, 2.1.2: a client registers the name that its certificate has")
    void aNameOfACertificate() {
        JsonObject client = registered(service()
                .put("token_endpoint_auth_method", "tls_client_auth")
                .put("tls_client_auth_subject_dn", DN)
                .put("tls_client_certificate_bound_access_tokens", true));
        assertThat(client.getString("tls_client_auth_subject_dn")).isEqualTo(DN);
        assertThat(client.getBoolean("tls_client_certificate_bound_access_tokens"))
                .isTrue();
        assertThat(client.containsKey("client_secret")).isFalse();
        CertificateRequest request = CertificateRequest.of(DN).forUse(CertificateRequest.CLIENT_AUTH);
        MadeCertificate own = request.signedBy(TLS.clients);
        JsonObject claims = BabelBirdCaller.claims(shown(own, client).text("access_token"));
        assertThat(claims.getJsonObject("cnf").getString("x5t#S256"))
                .isEqualTo(
                        X509CertUtils.computeSHA256Thumbprint(own.certificate()).toString());
        MadeCertificate other = CertificateRequest.of("CN=other").signedBy(TLS.clients);
        assertThat(shown(other, client).error()).isEqualTo("401 invalid_client");
    }

    @Test
    @DisplayName("RFC 8705, 2.2.2: a client registers the key of a certificate that it signed itself")
    void aCertificateOfItsOwn() {
        MadeCertificate own = CertificateRequest.of("CN=boat").selfSigned();
        JsonObject client = registered(service()
                .put("token_endpoint_auth_method", "self_signed_tls_client_auth")
                .put("jwks", DynamicParties.keys(Assertion.jwk(own.keys(), "own"))));
        assertThat(shown(own, client).status()).isEqualTo(200);
        assertThat(shown(CertificateRequest.of("CN=boat").selfSigned(), client).error())
                .isEqualTo("401 invalid_client");
    }

    private Answer shown(MadeCertificate certificate, JsonObject client) {
        return Caller.over(TLS.showing(certificate), NODE.address())
                .post(
                        "/oauth2/token",
                        null,
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        client.getString("client_id"));
    }

    @Test
    void strangersHaveNoCertificates() {
        JsonObject metadata = Registering.metadata()
                .put("token_endpoint_auth_method", "tls_client_auth")
                .put("tls_client_auth_subject_dn", DN);
        assertThat(registering.post(null, metadata).error()).isEqualTo("400 invalid_client_metadata");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "HS256"})
    @DisplayName("RFC 9701, 6: a client registers the algorithm that introspections are signed by")
    void introspectionAlgorithm(String algorithm) {
        JsonObject client = registered(service().put("introspection_signed_response_alg", algorithm));
        assertThat(client.getString("introspection_signed_response_alg")).isEqualTo(algorithm);
        String token = caller.post("/oauth2/token", basic(client), "grant_type", "client_credentials")
                .text("access_token");
        Answer answer = caller.send(
                "POST",
                "/oauth2/introspect",
                Caller.form("token", token),
                "Authorization",
                basic(client),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "application/token-introspection+jwt");
        assertThat(answer.header("Content-Type")).isEqualTo("application/token-introspection+jwt");
        byte[] header = Base64.getUrlDecoder().decode(answer.body().split("\\.")[0]);
        assertThat(new JsonObject(new String(header, StandardCharsets.UTF_8)).getString("alg"))
                .isEqualTo(algorithm);
        assertThat(BabelBirdCaller.claims(answer.body())
                        .getJsonObject("token_introspection")
                        .getBoolean("active"))
                .isTrue();
    }
}
