package io.gatehouse.deploy.cluster;

import io.gatehouse.common.crypto.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A member's certificates.
 *
 * @param certificates its own first, then those that lead to the authority
 */
record Chain(List<X509Certificate> certificates) {
    private static final int LONGEST = 8;

    Chain {
        certificates = List.copyOf(certificates);
    }

    /** @throws CertificateException where there is none, or one is none */
    static Chain read(List<Bytes> der) throws CertificateException {
        if (der.isEmpty() || der.size() > LONGEST) {
            throw new CertificateException("a chain has one to " + LONGEST + " certificates");
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> read = new ArrayList<>();
        for (Bytes one : der) {
            read.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one.toArray())));
        }
        return new Chain(read);
    }

    List<Bytes> der() throws CertificateException {
        List<Bytes> der = new ArrayList<>();
        for (X509Certificate one : certificates) {
            der.add(Bytes.owned(one.getEncoded()));
        }
        return der;
    }

    /** That of the member. */
    X509Certificate own() {
        return certificates.getFirst();
    }

    /** In the certificate; processes are named by it and something random behind it. */
    String name() {
        return own().getSubjectX500Principal()
                .getName()
                .replaceFirst("^CN=", "")
                .replaceAll("[^A-Za-z0-9.-].*", "");
    }

    /** When the first of them ends. */
    Instant notAfter() {
        return certificates.stream()
                .map(one -> one.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** @throws GeneralSecurityException where they do not lead to one of the authorities, or did not or will not at that time */
    void check(List<X509Certificate> authorities, Instant now) throws GeneralSecurityException {
        own().checkValidity(Date.from(now));
        PKIXParameters parameters = new PKIXParameters(
                authorities.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(certificates), parameters);
    }
}
