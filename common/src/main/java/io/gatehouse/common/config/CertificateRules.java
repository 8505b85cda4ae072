package io.gatehouse.common.config;

import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.ClientCertificates;
import io.gatehouse.common.model.ClientCertificates.Kind;
import io.gatehouse.common.model.ClientCertificates.Name;
import io.gatehouse.common.x509.CertificateNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must fit in what a client declares for mutual TLS (RFC 8705, section 2). */
final class CertificateRules {
    private static final String METHOD = "token_endpoint_auth_method";
    private static final String SUBJECT = "tls_client_auth_subject_dn";
    private static final String BOUND = "tls_client_certificate_bound_access_tokens";

    private CertificateRules() {}

    /** Whether it authenticates by a certificate, without a secret. */
    static boolean hasCertificate(BootstrapClient client) {
        return method(client).isCertificate();
    }

    /** Null where it registers nothing. */
    static @Nullable ClientCertificates certificates(BootstrapClient client) {
        Name name = names(client).values().stream().findFirst().orElse(null);
        boolean bound = client.tlsClientCertificateBoundAccessTokens();
        return name == null && !bound ? null : new ClientCertificates(name, bound);
    }

    /** The names that it declares, by their keys. */
    private static Map<String, Name> names(BootstrapClient client) {
        Map<String, Name> names = new LinkedHashMap<>();
        put(names, SUBJECT, Kind.SUBJECT_DN, client.tlsClientAuthSubjectDn());
        put(names, "tls_client_auth_san_dns", Kind.SAN_DNS, client.tlsClientAuthSanDns());
        put(names, "tls_client_auth_san_uri", Kind.SAN_URI, client.tlsClientAuthSanUri());
        put(names, "tls_client_auth_san_ip", Kind.SAN_IP, client.tlsClientAuthSanIp());
        put(names, "tls_client_auth_san_email", Kind.SAN_EMAIL, client.tlsClientAuthSanEmail());
        return names;
    }

    static void check(BootstrapClient client, Rules rules) {
        Map<String, Name> names = names(client);
        names.forEach((key, name) -> rules.refuse(CertificateNames.flaw(name), key));
        if (method(client) == AuthMethod.TLS_CLIENT_AUTH) {
            rules.require(
                    names.size() == 1,
                    SUBJECT,
                    names.isEmpty()
                            ? "is required with tls_client_auth, or one of the tls_client_auth_san_ names: give the name in"
                                    + " the client's certificate"
                            : "and the tls_client_auth_san_ names exclude each other: keep one",
                    METHOD);
        } else {
            names.keySet().forEach(key -> rules.report(key, "needs " + METHOD + ": tls_client_auth: remove it"));
        }
        if (hasCertificate(client)) {
            checkSecretless(client, rules);
        }
        rules.require(
                !client.tlsClientCertificateBoundAccessTokens() || !client.dpopBoundAccessTokens(),
                BOUND,
                "stands beside dpop_bound_access_tokens: a token is bound to one of the two: keep one",
                "dpop_bound_access_tokens");
    }

    private static void checkSecretless(BootstrapClient client, Rules rules) {
        rules.require(
                method(client) == AuthMethod.TLS_CLIENT_AUTH || client.jwks() != null || client.jwksUri() != null,
                "jwks",
                "is required with self_signed_tls_client_auth: give the public key of the client's certificate, or"
                        + " jwks_uri",
                METHOD,
                "jwks_uri");
        rules.require(
                client.clientSecret() == null || client.signsBySecret(),
                "client_secret",
                "is of no use with " + client.tokenEndpointAuthMethod() + ": remove it",
                METHOD);
    }

    /** What no client could ever use. A listener elsewhere is that node's question. */
    static void besideListener(GatehouseConfig config, Rules rules) {
        TlsConfig tls = config.server().tls();
        if (!config.runs(Role.GATEWAY)) {
            return;
        }
        boolean takesCertificates = tls != null && tls.takesCertificates();
        boolean trustsAny = tls != null && !tls.clientCa().isEmpty();
        for (BootstrapClient client : config.bootstrap().clients()) {
            if (!takesCertificates && (hasCertificate(client) || client.tlsClientCertificateBoundAccessTokens())) {
                rules.report(
                        "bootstrap.clients",
                        "has " + client.clientId() + ", which needs a certificate, and the listener asks for none: set"
                                + " server.tls.client_auth to request");
            } else if (!trustsAny && method(client) == AuthMethod.TLS_CLIENT_AUTH) {
                rules.report(
                        "bootstrap.clients",
                        "has " + client.clientId() + " with tls_client_auth, but no authority counts: name one in"
                                + " server.tls.client_ca");
            }
        }
    }

    private static AuthMethod method(BootstrapClient client) {
        return AuthMethod.of(client.tokenEndpointAuthMethod());
    }

    private static void put(Map<String, Name> names, String key, Kind kind, @Nullable String value) {
        if (value != null) {
            names.put(key, new Name(kind, value));
        }
    }
}
