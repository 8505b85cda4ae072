package io.gatehouse.gateway.tls;

import io.gatehouse.common.config.TlsConfig;
import io.gatehouse.common.model.AuthMethod;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients can do by certificates, as the listener is configured. */
public final class MutualTls {
    private MutualTls() {}

    /**
     * By which clients can authenticate.
     *
     * @param tls null: plain HTTP
     */
    public static List<AuthMethod> methods(@Nullable TlsConfig tls) {
        return Arrays.stream(AuthMethod.values())
                .filter(method -> !method.isCertificate() || isPossible(method, tls))
                .toList();
    }

    /** Whether clients can authenticate by certificates, or be given tokens that are bound to one. */
    public static boolean isOn(@Nullable TlsConfig tls) {
        return methods(tls).stream().anyMatch(AuthMethod::isCertificate);
    }

    private static boolean isPossible(AuthMethod method, @Nullable TlsConfig tls) {
        return tls != null
                && switch (method) {
                    // Nobody else gets through.
                    case SELF_SIGNED_TLS_CLIENT_AUTH -> tls.clientAuth() == TlsConfig.ClientAuth.REQUEST;
                    default -> tls.takesCertificates() && !tls.clientCa().isEmpty();
                };
    }
}
