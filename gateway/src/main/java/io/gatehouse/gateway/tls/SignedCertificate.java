package io.gatehouse.gateway.tls;

import io.gatehouse.gateway.oauth.ShownCertificate;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes certificates of clients that an authority signed; others end the handshake. Its check is as dear as the handshake
 * itself.
 */
final class SignedCertificate extends X509ExtendedTrustManager {
    private final KnownAuthorities authorities;
    private final X509Certificate[] issuers;
    private final Clock clock;

    SignedCertificate(KnownAuthorities authorities, List<X509Certificate> issuers, Clock clock) {
        this.authorities = authorities;
        this.issuers = issuers.toArray(X509Certificate[]::new);
        this.clock = clock;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (chain.length == 0 || !authorities.signed(new ShownCertificate(List.of(chain)), clock.instant())) {
            throw new CertificateException("no authority that counts signed it");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("for clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.clone();
    }
}
