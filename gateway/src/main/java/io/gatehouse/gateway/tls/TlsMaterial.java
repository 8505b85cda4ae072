package io.gatehouse.gateway.tls;

import io.gatehouse.common.crypto.Digest;
import io.vertx.core.net.KeyCertOptions;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What was in the files.
 *
 * @param identity certificate and key of the server, which fit each other
 * @param authorities that clients' certificates may come from
 * @param content of all files together, by which a change is seen
 */
record TlsMaterial(KeyCertOptions identity, List<X509Certificate> authorities, Digest content) {
    TlsMaterial {
        authorities = List.copyOf(authorities);
    }
}
