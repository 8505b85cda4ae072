package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByClientCertificate;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.ClientCertificates;
import io.gatehouse.common.model.ClientCertificates.Kind;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.RegisteredKeys;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenTerms;
import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.ClientCertificate;
import io.gatehouse.common.x509.MadeCertificate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A token by a client's certificate (RFC 8705, section 2): a captured gateway can't show one that is not the client's. */
class ClientCertificateAuthorityTest {
    private static final KeyPair KEYS = CertificateRequest.elliptic();
    private static TokenNode node;

    private final Samples sample = new Samples();

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    private static CertificateRequest named(String subject) {
        return CertificateRequest.of(subject)
                .valid(TokenNode.NOW.minus(Duration.ofDays(1)), TokenNode.NOW.plus(Duration.ofDays(1)));
    }

    private static ClientCertificate of(MadeCertificate made) {
        return new ClientCertificate(made.certificate());
    }

    private void registered(AuthMethod method, ClientCertificates certificates, RegisteredKeys keys) {
        sample.authMethod = method;
        sample.oauth = new OAuthRegistration(keys, null, false, null, certificates, null, null, null);
    }

    private void byName(boolean bound) {
        registered(
                AuthMethod.TLS_CLIENT_AUTH,
                new ClientCertificates(new ClientCertificates.Name(Kind.SUBJECT_DN, "CN=payments"), bound),
                null);
    }

    private Issuer.Issue request(Bytes certificate, String fetchedKeys, String bound) {
        return new Issuer.Issue(
                "main",
                new ByClientCertificate(
                        node.attestor.attest(new ClientStatement(sample.client(), TokenNode.NOW.plusSeconds(60))),
                        certificate,
                        fetchedKeys),
                Scope.parse("api"),
                null,
                null,
                bound == null ? null : new TokenTerms(bound, null));
    }

    private void refused(Issuer.Issue request, Code code) {
        assertThat(((Protocol) node.refusal(request)).code()).isEqualTo(code);
    }

    private static String jwks(KeyPair keys) {
        return new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject(new ECKey.Builder(Curve.P_256, (ECPublicKey) keys.getPublic())
                                        .build()
                                        .toJSONString())))
                .encode();
    }

    @Test
    void theRegisteredNameCounts() {
        byName(false);
        ClientCertificate own = of(named("CN=payments").selfSigned());
        assertThat(Jwts.claims(node.ask(request(own.encoded(), null, null)).accessToken())
                        .getString("sub"))
                .isEqualTo("web");
        refused(request(of(named("CN=other").selfSigned()).encoded(), null, null), Code.INVALID_CLIENT);
        refused(request(Bytes.utf8("no certificate"), null, null), Code.INVALID_CLIENT);
        refused(request(Bytes.EMPTY, null, null), Code.INVALID_CLIENT);
    }

    @Test
    void oneOfYesterdayDoesNotCount() {
        byName(false);
        MadeCertificate old = CertificateRequest.of("CN=payments")
                .valid(TokenNode.NOW.minus(Duration.ofDays(2)), TokenNode.NOW.minusSeconds(1))
                .selfSigned();
        refused(request(of(old).encoded(), null, null), Code.INVALID_CLIENT);
    }

    @Test
    void theRegisteredKeyCounts() {
        registered(AuthMethod.SELF_SIGNED_TLS_CLIENT_AUTH, null, new RegisteredKeys(jwks(KEYS), null, null));
        node.ask(request(of(named("CN=x").keys(KEYS).selfSigned()).encoded(), null, null));
        KeyPair stranger = CertificateRequest.elliptic();
        Bytes another = of(named("CN=x").keys(stranger).selfSigned()).encoded();
        refused(request(another, null, null), Code.INVALID_CLIENT);
        // It registered no place where keys are fetched: what the gateway says it found counts for nothing.
        refused(request(another, jwks(stranger), null), Code.INVALID_CLIENT);
    }

    @Test
    void aClientOfAnotherMethodHasNone() {
        byName(false);
        Bytes own = of(named("CN=payments").selfSigned()).encoded();
        for (AuthMethod method : AuthMethod.values()) {
            sample.authMethod = method;
            if (method != AuthMethod.TLS_CLIENT_AUTH) {
                refused(request(own, null, null), Code.INVALID_CLIENT);
            }
        }
        byName(false);
        sample.disabled = true;
        refused(request(own, null, null), Code.INVALID_CLIENT);
    }

    @Test
    void aBoundTokenIsBoundToTheOneThatWasShown() {
        byName(true);
        ClientCertificate own = of(named("CN=payments").selfSigned());
        Confirmation confirmation = own.confirmation();
        assertThat(Jwts.claims(node.ask(request(own.encoded(), null, confirmation.text()))
                                .accessToken())
                        .getJsonObject("cnf"))
                .isEqualTo(new JsonObject().put("x5t#S256", confirmation.thumbprint()));
        refused(request(own.encoded(), null, null), Code.INVALID_REQUEST);
        refused(
                request(
                        own.encoded(),
                        null,
                        of(named("CN=payments").selfSigned()).confirmation().text()),
                Code.INVALID_CLIENT);
        refused(request(own.encoded(), null, confirmation.thumbprint()), Code.INVALID_REQUEST);
    }
}
