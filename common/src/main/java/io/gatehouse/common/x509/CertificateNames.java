package io.gatehouse.common.x509;

import io.gatehouse.common.model.ClientCertificates.Kind;
import io.gatehouse.common.model.ClientCertificates.Name;
import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/** The one name that a client registered, against those in a certificate (RFC 8705, section 2.1). */
public final class CertificateNames {
    private CertificateNames() {}

    /** What is wrong with a name to register, to be read after its key; null: nothing. */
    public static @Nullable String flaw(Name name) {
        String value = name.value();
        boolean fits = switch (name.kind()) {
            case SUBJECT_DN -> DistinguishedName.parse(value) != null;
            case SAN_DNS -> value.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
            case SAN_URI -> value.matches("[A-Za-z][A-Za-z0-9+.-]*:[!-~]+");
            case SAN_IP -> address(value) != null;
            case SAN_EMAIL -> value.matches("[!-~&&[^@]]+@[A-Za-z0-9.-]+");
        };
        return fits ? null : "is no " + form(name.kind());
    }

    private static String form(Kind kind) {
        return switch (kind) {
            case SUBJECT_DN -> "distinguished name of RFC 4514: write it like CN=client,O=Example,C=DE";
            case SAN_DNS -> "host name: write it whole, without wildcard";
            case SAN_URI -> "absolute URI: write it as it stands in the certificate";
            case SAN_IP -> "IP address: write it like 192.0.2.1 or 2001:db8::1";
            case SAN_EMAIL -> "e-mail address: write name@domain";
        };
    }

    /** Whether the certificate holds the name; a wildcard in it stands for itself only. */
    public static boolean matches(Name name, X509Certificate certificate) {
        return switch (name.kind()) {
            case SUBJECT_DN -> isSubject(name.value(), certificate);
            case SAN_DNS -> alternatives(certificate, 2).stream().anyMatch(name.value()::equalsIgnoreCase);
            case SAN_URI -> alternatives(certificate, 6).contains(name.value());
            case SAN_IP -> hasAddress(name.value(), alternatives(certificate, 7));
            case SAN_EMAIL ->
                alternatives(certificate, 1).stream()
                        .anyMatch(mail -> withSmallDomain(mail).equals(withSmallDomain(name.value())));
        };
    }

    private static boolean isSubject(String registered, X509Certificate certificate) {
        LdapName wanted = DistinguishedName.parse(registered);
        try {
            return wanted != null && wanted.equals(DistinguishedName.comparable(certificate.getSubjectX500Principal()));
        } catch (InvalidNameException malformed) {
            return false;
        }
    }

    /** @param type of a GeneralName (RFC 5280, section 4.2.1.6) */
    private static List<String> alternatives(X509Certificate certificate, int type) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(type).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }

    private static boolean hasAddress(String registered, List<String> names) {
        byte[] wanted = address(registered);
        return wanted != null && names.stream().anyMatch(name -> Arrays.equals(wanted, address(name)));
    }

    /** A literal only: a name must not make us ask the DNS. */
    private static byte @Nullable [] address(String text) {
        return NetUtil.createByteArrayFromIpAddressString(text);
    }

    /** RFC 5280, section 7.5: only the domain's case makes no difference. */
    private static String withSmallDomain(String mail) {
        int at = mail.lastIndexOf('@');
        return mail.substring(0, at + 1) + mail.substring(at + 1).toLowerCase(Locale.ROOT);
    }
}
