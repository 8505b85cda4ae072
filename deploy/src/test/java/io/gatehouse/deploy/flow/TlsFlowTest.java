package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.x509.MadeCertificate;
import java.net.HttpCookie;
import java.net.URI;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A whole node that speaks TLS. */
class TlsFlowTest {
    private static final TlsNode TLS = new TlsNode();

    @RegisterExtension
    static final RunningNode NODE = TLS.running("""
            bootstrap:
              users:
                - {username: ada, password: %s}
            """.formatted(RunningNode.ADA_PASSWORD));

    private final URI base = NODE.address();

    @Test
    void cookiesAreOfThisHostAndOfTlsOnly() {
        Person ada = Person.over(TLS.trusting(), base);
        Page account = ada.submit(ada.open("/login"), "username", "ada", "password", RunningNode.ADA_PASSWORD);
        assertThat(account.body()).contains("ada");
        List<HttpCookie> cookies = ada.cookies().getCookieStore().getCookies();
        assertThat(cookies)
                .extracting(HttpCookie::getName)
                .containsExactlyInAnyOrder("__Host-gatehouse-browser", "__Host-gatehouse-session");
        assertThat(cookies).allSatisfy(cookie -> {
            assertThat(cookie.getSecure()).isTrue();
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getPath()).isEqualTo("/");
        });
        assertThat(ada.open("/account").asksForPassword()).isFalse();

        // RFC 6265bis, section 4.1.3.2: with a Domain, a browser would refuse a cookie of such a name.
        Answer page = Caller.over(TLS.trusting(), base).get("/login", null);
        assertThat(page.headers().allValues("set-cookie"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith("__Host-")
                        .contains("; Secure", "; Path=/", "; HttpOnly", "; SameSite=Lax")
                        .doesNotContainIgnoringCase("domain"));
        assertThat(page.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }

    @Test
    void metadataNamesTheHttpsIssuer() {
        Answer metadata = Caller.over(TLS.trusting(), base).get("/.well-known/openid-configuration", null);
        assertThat(metadata.text("issuer")).isEqualTo(base.toString()).startsWith("https://");
        assertThat(metadata.text("token_endpoint")).startsWith(base.toString());
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestart() throws Exception {
        MadeCertificate renewed = TLS.renew();
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!shown().equals(renewed.certificate())) {
            assertThat(System.nanoTime()).as("within two minutes").isLessThan(deadline);
            Thread.sleep(500);
        }
    }

    private Certificate shown() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) TLS.trusting().getSocketFactory().createSocket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
