package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.x509.ClientCertificate;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificate of a TLS connection, whose key the other side proved to hold (RFC 8446, section 4.4.3).
 *
 * @param chain as it was sent: the certificate, then any that lead to an authority
 */
public record ShownCertificate(List<X509Certificate> chain) {
    public ShownCertificate {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    ClientCertificate ofClient() {
        return new ClientCertificate(certificate());
    }

    /** What a token is bound to that is bound to it. */
    public Confirmation confirmation() {
        return ofClient().confirmation();
    }
}
