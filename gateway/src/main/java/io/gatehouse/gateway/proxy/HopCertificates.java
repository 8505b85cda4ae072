package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.ForwardAuthConfig;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.ClientCertificates.Kind;
import io.gatehouse.common.model.ClientCertificates.Name;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.x509.CertificateNames;
import io.gatehouse.gateway.oauth.CertificateChains;
import io.gatehouse.gateway.oauth.ShownCertificate;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The certificates of the proxies that may ask. */
final class HopCertificates {
    private final Set<String> thumbprints;
    private final List<Name> subjects;
    private final CertificateChains chains;
    private final Clock clock;

    /** @param listed see {@link ForwardAuthConfig#certificates} */
    HopCertificates(List<String> listed, CertificateChains chains, Clock clock) {
        this.thumbprints = listed.stream()
                .filter(ForwardAuthConfig::isThumbprint)
                .map(HopCertificates::thumbprint)
                .collect(Collectors.toUnmodifiableSet());
        this.subjects = listed.stream()
                .filter(one -> !ForwardAuthConfig.isThumbprint(one))
                .map(one -> new Name(Kind.SUBJECT_DN, one))
                .toList();
        this.chains = chains;
        this.clock = clock;
    }

    private static String thumbprint(String hex) {
        return Bytes.owned(HexFormat.of().parseHex(hex.replace(":", ""))).base64Url();
    }

    /**
     * Whether it is one of them, and valid now.
     *
     * @param shown in the TLS handshake; null: none
     */
    Future<Boolean> prove(@Nullable ShownCertificate shown) {
        if (shown == null || !isCurrent(shown.certificate(), clock.instant())) {
            return Future.succeededFuture(false);
        }
        Confirmation confirmation = shown.confirmation();
        if (thumbprints.contains(confirmation.thumbprint())) {
            return Future.succeededFuture(true);
        }
        boolean named = subjects.stream().anyMatch(name -> CertificateNames.matches(name, shown.certificate()));
        return named ? chains.isTrusted(shown) : Future.succeededFuture(false);
    }

    private static boolean isCurrent(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }
}
