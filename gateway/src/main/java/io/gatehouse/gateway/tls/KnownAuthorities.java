package io.gatehouse.gateway.tls;

import io.gatehouse.gateway.oauth.ShownCertificate;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Authorities that sign for clients: whether a chain leads to one (RFC 5280, section 6). Verifying blocks: not for event loops.
 */
final class KnownAuthorities {
    private static final int LONGEST_CHAIN = 8;
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int DIGITAL_SIGNATURE = 0;

    private final Set<TrustAnchor> anchors;

    KnownAuthorities(List<X509Certificate> authorities) {
        this.anchors = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one of them signed it, itself or by others that the chain holds, for the use by a client. */
    boolean signed(ShownCertificate shown, Instant now) {
        if (anchors.isEmpty() || shown.chain().size() > LONGEST_CHAIN || !isForClients(shown.certificate())) {
            return false;
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(shown.certificate());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown.chain())));
            parameters.setMaxPathLength(LONGEST_CHAIN);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            return CertPathBuilder.getInstance("PKIX").build(parameters) != null;
        } catch (GeneralSecurityException untrusted) {
            return false;
        }
    }

    /** RFC 5280, sections 4.2.1.3 and 4.2.1.12: what does not say what it is for is for everything. */
    private static boolean isForClients(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            boolean[] keyUsage = certificate.getKeyUsage();
            return (uses == null || uses.contains(CLIENT_AUTH) || uses.contains(ANY_USE))
                    && (keyUsage == null || keyUsage[DIGITAL_SIGNATURE]);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }
}
