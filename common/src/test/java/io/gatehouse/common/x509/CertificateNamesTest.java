package io.gatehouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.ClientCertificates.Kind;
import io.gatehouse.common.model.ClientCertificates.Name;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registered name, against those of a certificate. */
class CertificateNamesTest {
    private static final X509Certificate CERTIFICATE = CertificateRequest.of(
                    "CN=Client \\, One, OU=Web+L=Ulm, O=Example, C=DE")
            .dns("Client.example.org")
            .dns("*.example.net")
            .uri("spiffe://example.org/client")
            .ip("192.0.2.1")
            .ip("2001:db8::1")
            .email("ops@Example.org")
            .selfSigned()
            .certificate();

    @ParameterizedTest
    @DisplayName("RFC 8705, 2.1.2: the subject is compared as a name of RFC 4514")
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=Client \\, One,OU=Web+L=Ulm,O=Example,C=DE | true",
                "CN=\"Client , One\", L=Ulm+OU=Web, O=Example, C=DE | true",
                "cn=client \\, one,ou=web+l=ulm,o=EXAMPLE,c=de | true",
                "2.5.4.3=Client \\, One,OU=Web+L=Ulm,O=Example,C=DE | true",
                "C=DE,O=Example,OU=Web+L=Ulm,CN=Client \\, One | false",
                "CN=Client \\, One,O=Example,C=DE | false",
                "CN=Client \\, One,OU=Web+L=Ulm,O=Example,C=DE,DC=org | false",
                "CN=Client | false",
                "CN=Client \\, One\\,OU=Web+L=Ulm\\,O=Example\\,C=DE | false"
            })
    void subjects(String registered, boolean same) {
        assertThat(CertificateNames.matches(new Name(Kind.SUBJECT_DN, registered), CERTIFICATE))
                .isEqualTo(same);
    }

    @Test
    @DisplayName("RFC 8705, 2.1.2: an attribute counts whatever the type of its string")
    void stringTypes() {
        byte[] utf8 = attribute(0x0c);
        byte[] printable = attribute(0x13);
        Name name = new Name(Kind.SUBJECT_DN, "organizationIdentifier=PSDDE-1,C=DE");
        for (byte[] one : new byte[][] {utf8, printable}) {
            byte[] country =
                    Der.tagged(0x31, Der.sequence(Der.oid("2.5.4.6"), Der.tagged(0x13, new byte[] {'D', 'E'})));
            X509Certificate certificate = CertificateRequest.of(Der.sequence(country, one))
                    .selfSigned()
                    .certificate();
            assertThat(CertificateNames.matches(name, certificate)).isTrue();
        }
    }

    @ParameterizedTest
    @DisplayName("RFC 8705, 2.1.2: another letter is another name, also where it has the same capital")
    @CsvSource({
        "admin, adm\u0131n",
        "service, \u017Fervice",
        "keeper, \u212Aeeper",
        "strasse, stra\u00DFe",
        "firm, \uFB01rm",
        "istanbul, \u0130stanbul",
        "~0131, \u0131"
    })
    void lookalikes(String registered, String shown) {
        assertThat(isSubject("CN=" + registered, "CN=" + shown)).isFalse();
        assertThat(isSubject("CN=" + shown, "CN=" + registered)).isFalse();
        assertThat(isSubject("CN=" + shown, "CN=" + shown)).isTrue();
    }

    @Test
    @DisplayName("RFC 8705, 2.1.2: capitals make no difference, in no script")
    void capitals() {
        assertThat(isSubject("CN=M\u00FCller,O=\u0416\u0443\u043A", "CN=M\u00DCLLER,O=\u0436\u0443\u041A"))
                .isTrue();
    }

    private static boolean isSubject(String registered, String shown) {
        return CertificateNames.matches(
                new Name(Kind.SUBJECT_DN, registered),
                CertificateRequest.of(shown).selfSigned().certificate());
    }

    private static byte[] attribute(int type) {
        return Der.tagged(0x31, Der.sequence(Der.oid("2.5.4.97"), Der.tagged(type, "PSDDE-1".getBytes())));
    }

    @ParameterizedTest
    @DisplayName("RFC 8705, 2.1.2: one alternative name of the registered kind is the registered one")
    @CsvSource({
        "SAN_DNS, client.example.org, true",
        "SAN_DNS, CLIENT.example.ORG, true",
        "SAN_DNS, shop.example.net, false", // a wildcard is no name of a client
        "SAN_DNS, example.org, false",
        "SAN_DNS, 192.0.2.1, false",
        "SAN_URI, spiffe://example.org/client, true",
        "SAN_URI, spiffe://example.org/Client, false",
        "SAN_URI, spiffe://example.org/client/, false",
        "SAN_IP, 192.0.2.1, true",
        "SAN_IP, 2001:0db8:0:0::1, true",
        "SAN_IP, 192.0.2.10, false",
        "SAN_EMAIL, ops@example.org, true",
        "SAN_EMAIL, Ops@example.org, false",
        "SAN_EMAIL, ops@example.com, false"
    })
    void alternatives(Kind kind, String registered, boolean same) {
        assertThat(CertificateNames.matches(new Name(kind, registered), CERTIFICATE))
                .isEqualTo(same);
    }

    @Test
    void anEmptyNameMatchesNothing() {
        for (Kind kind : Kind.values()) {
            assertThat(CertificateNames.matches(new Name(kind, ""), CERTIFICATE))
                    .as("%s", kind)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUBJECT_DN | CN=client,O=Example | true",
                "SUBJECT_DN | client | false",
                "SUBJECT_DN | CN=a,, | false",
                "SAN_DNS | client.example.org | true",
                "SAN_DNS | *.example.org | false",
                "SAN_DNS | https://example.org | false",
                "SAN_URI | urn:example:1 | true",
                "SAN_URI | /client | false",
                "SAN_IP | 2001:db8::1 | true",
                "SAN_IP | example.org | false",
                "SAN_EMAIL | ops@example.org | true",
                "SAN_EMAIL | ops | false"
            })
    void flaws(Kind kind, String value, boolean fine) {
        assertThat(CertificateNames.flaw(new Name(kind, value)) == null).isEqualTo(fine);
    }
}
