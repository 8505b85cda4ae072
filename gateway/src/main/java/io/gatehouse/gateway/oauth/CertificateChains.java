package io.gatehouse.gateway.oauth;

import io.vertx.core.Future;

/** Whom certificates of clients come from. */
@FunctionalInterface
public interface CertificateChains {
    /** Where no authority is trusted. */
    CertificateChains NONE = shown -> Future.succeededFuture(false);

    /** Whether an authority that counts for clients signed it, for clients, and it is valid now (RFC 5280, section 6). */
    Future<Boolean> isTrusted(ShownCertificate shown);
}
