package io.gatehouse.common.config;

import io.gatehouse.common.model.ClientCertificates.Kind;
import io.gatehouse.common.model.ClientCertificates.Name;
import io.gatehouse.common.x509.CertificateNames;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a proxy in front asks about the requests that it gets.
 *
 * @param secret any of which it proves itself by
 * @param certificates any of which it proves itself by in TLS; none of both: nobody may ask
 */
public record ForwardAuthConfig(
        @Key(doc = """
                        What the proxy sends as X-Gatehouse-Hop, over TLS or from this machine: visible ASCII without commas. One, or a
                        list of the old and the new one while it is changed. Absent: there is no /forward-auth.""", min = "32", max = "512") List<SecretValue> secret,

        @Key(doc = """
                        Certificates by which a proxy proves itself in TLS, in place of the secret: SHA-256 thumbprints, as
                        openssl x509 -noout -fingerprint -sha256 prints them, or subjects such as CN=proxy,O=Example of
                        certificates that an authority of server.tls.client_ca signed. Needs server.tls.client_auth.""", min = "3", max = "512") List<String> certificates)
        implements Checked {

    private static final int MOST = 8;
    private static final Pattern THUMBPRINT = Pattern.compile("[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E&&[^,]]+");

    /** Copies its list. */
    public ForwardAuthConfig {
        secret = List.copyOf(secret);
        certificates = List.copyOf(certificates);
    }

    /** Whether nobody may ask. */
    public boolean isOff() {
        return secret.isEmpty() && certificates.isEmpty();
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                secret.stream().allMatch(one -> VISIBLE.matcher(one.reveal()).matches()),
                "secret",
                "holds what no header can hold: use visible ASCII without commas, such as: openssl rand -hex 32");
        rules.require(
                isReadable(),
                "certificates",
                "holds what is neither a SHA-256 thumbprint in hex nor a subject like CN=proxy,O=Example");
        rules.require(
                certificates.size() <= MOST, "certificates", "lists more than " + MOST + ": remove those of no proxy");
        rules.require(secret.size() <= MOST, "secret", "lists more than " + MOST + ": remove those that nobody sends");
    }

    /** Whether it names one certificate, whoever signed it; otherwise a subject. */
    public static boolean isThumbprint(String certificate) {
        return THUMBPRINT.matcher(certificate).matches();
    }

    private boolean isReadable() {
        return certificates.stream().allMatch(one -> isThumbprint(one) || isSubject(one));
    }

    private static boolean isSubject(String certificate) {
        return CertificateNames.flaw(new Name(Kind.SUBJECT_DN, certificate)) == null;
    }

    /** What no proxy could ever show. */
    static void besideListener(GatehouseConfig config, Rules rules) {
        List<String> listed = config.forwardAuth().certificates();
        TlsConfig tls = config.server().tls();
        if (listed.isEmpty() || !config.forwardAuth().isReadable() || !config.runs(Role.GATEWAY)) {
            return;
        }
        if (tls == null || !tls.takesCertificates()) {
            rules.report(
                    "forward_auth.certificates",
                    "can't be shown, for the listener asks for none: set server.tls.client_auth to request");
        } else if (tls.clientCa().isEmpty() && !listed.stream().allMatch(ForwardAuthConfig::isThumbprint)) {
            rules.report(
                    "forward_auth.certificates",
                    "names a subject, but no authority counts: name one in server.tls.client_ca, or give a thumbprint");
        }
    }
}
