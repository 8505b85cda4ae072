package io.gatehouse.common.x509;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.ClientCertificates;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.RegisteredKeys;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A certificate that somebody showed, against what a client registered (RFC 8705, section 2). */
public final class ClientCertificate {
    private static final int LONGEST = 16 * 1024;

    private final X509Certificate certificate;

    public ClientCertificate(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * Null where it is none.
     *
     * @param der that another process sent
     */
    public static @Nullable ClientCertificate read(Bytes der) {
        if (der.length() > LONGEST) {
            return null;
        }
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()))
                            instanceof X509Certificate read
                    ? new ClientCertificate(read)
                    : null;
        } catch (CertificateException malformed) {
            return null;
        }
    }

    /** In DER. */
    public Bytes encoded() {
        try {
            return Bytes.of(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was read can't be written", impossible);
        }
    }

    /** What a token is bound to that is bound to this one. */
    public Confirmation confirmation() {
        return Confirmation.ofCertificate(Digest.of(encoded()));
    }

    /**
     * Whether it is one by which the client may authenticate now, by its registered method. Who signed it is another question,
     * where the method is {@code tls_client_auth}.
     *
     * @param fetchedKeys the JWK Set that was found at the client's {@code jwks_uri}; null: it has none
     */
    public boolean isOf(Client client, @Nullable String fetchedKeys, Instant now) {
        return isCurrent(now)
                && switch (client.authMethod()) {
                    case TLS_CLIENT_AUTH -> hasNameOf(client);
                    case SELF_SIGNED_TLS_CLIENT_AUTH -> hasKeyOf(client, fetchedKeys);
                    default -> false;
                };
    }

    private boolean isCurrent(Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private boolean hasNameOf(Client client) {
        ClientCertificates registered = client.extensions().certificates();
        ClientCertificates.Name name = registered == null ? null : registered.name();
        return name != null && CertificateNames.matches(name, certificate);
    }

    /** What was fetched counts only for a client that registered where. */
    private boolean hasKeyOf(Client client, @Nullable String fetchedKeys) {
        RegisteredKeys registered = client.extensions().keys();
        if (registered == null) {
            return false;
        }
        String jwks = registered.jwksUri() == null ? registered.jwks() : fetchedKeys;
        return jwks != null && CertificateKeys.isIn(jwks, certificate);
    }
}
