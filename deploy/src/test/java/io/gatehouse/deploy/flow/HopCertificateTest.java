package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy that proves itself by its certificate, in place of the secret of the hop. */
class HopCertificateTest {
    private static final TlsNode TLS = new TlsNode();
    private static final MadeCertificate LISTED =
            CertificateRequest.of("CN=listed").selfSigned();
    private static final MadeCertificate OVER = CertificateRequest.of("CN=over")
            .valid(Instant.now().minusSeconds(7200), Instant.now().minusSeconds(3600))
            .selfSigned();
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";

    @RegisterExtension
    static final RunningNode NODE = TLS.running("""
            forward_auth:
              secret: "%s"
              certificates: ["%s", "%s", "CN=proxy,O=Example"]
            routes:
              - {id: open, match: {host: shop.example.org, path: /open}, demand: public}
              - {id: shop, match: {host: shop.example.org}, demand: bearer}
            """.formatted(SECRET, fingerprint(LISTED), fingerprint(OVER)));

    /** As openssl prints it. */
    private static String fingerprint(MadeCertificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.certificate().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Caller caller(MadeCertificate certificate) {
        return Caller.over(certificate == null ? TLS.trusting() : TLS.showing(certificate), base());
    }

    private static URI base() {
        return URI.create("https://localhost:" + NODE.address().getPort());
    }

    private static int ask(MadeCertificate certificate, String uri, String... more) {
        String[] headers = new String[6 + more.length];
        System.arraycopy(
                new String[] {
                    "X-Forwarded-Method", "GET", "X-Forwarded-Host", "shop.example.org", "X-Forwarded-Uri", uri
                },
                0,
                headers,
                0,
                6);
        System.arraycopy(more, 0, headers, 6, more.length);
        return caller(certificate).send("GET", "/forward-auth", "", headers).status();
    }

    private static MadeCertificate signed(String subject) {
        return CertificateRequest.of(subject).signedBy(TLS.clients);
    }

    @Test
    void aListedCertificateOrOneOfAListedSubjectIsEnough() {
        assertThat(ask(LISTED, "/open")).isEqualTo(200);
        assertThat(ask(signed("CN=proxy,O=Example"), "/open")).isEqualTo(200);
        assertThat(ask(null, "/open", "X-Gatehouse-Hop", SECRET)).isEqualTo(200);
        assertThat(ask(signed("CN=other"), "/open", "X-Gatehouse-Hop", SECRET)).isEqualTo(200);
    }

    /** It says who asks, and nothing of who sent the request. */
    @Test
    void itIsNoTokenOfTheSender() {
        assertThat(ask(LISTED, "/shop")).isEqualTo(401);
    }

    @Test
    void noOtherCertificateIs() {
        assertThat(ask(null, "/open")).isEqualTo(403);
        assertThat(ask(OVER, "/open")).isEqualTo(403);
        assertThat(ask(signed("CN=other,O=Example"), "/open")).isEqualTo(403);
        assertThat(ask(signed("CN=listed"), "/open")).isEqualTo(403);
        assertThat(ask(CertificateRequest.of("CN=proxy,O=Example").selfSigned(), "/open"))
                .as("by nobody we trust")
                .isEqualTo(403);
        assertThat(ask(CertificateRequest.of("CN=proxy,O=Example").signedBy(TLS.authority), "/open"))
                .as("by whoever signs for servers")
                .isEqualTo(403);
    }

    @Test
    void aWrongSecretIsNoneBesideARightCertificate() {
        assertThat(ask(LISTED, "/open", "X-Gatehouse-Hop", SECRET + "x")).isEqualTo(403);
    }
}
