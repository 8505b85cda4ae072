package io.gatehouse.gateway.http;

import io.gatehouse.gateway.oauth.ShownCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The certificate behind a TLS session. What a proxy says of one in a header counts for nothing. */
final class PeerCertificate {
    private PeerCertificate() {}

    /** @param session null: the connection has no TLS */
    static @Nullable ShownCertificate of(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        try {
            List<X509Certificate> chain = Stream.of(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
            return chain.isEmpty() ? null : new ShownCertificate(chain);
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }
}
