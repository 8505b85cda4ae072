package io.gatehouse.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Role;
import io.gatehouse.deploy.certs.NodeIdentity;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gatehouse cluster certs}. */
class ClusterCertsCommandTest {
    @TempDir
    private Path folder;

    private Typed certs(String... options) {
        List<String> words =
                Stream.concat(Stream.of("cluster", "certs"), Stream.of(options)).toList();
        return new Typed(new CommandTable(List.of(new ClusterCertsCommand())), words.toArray(String[]::new));
    }

    private X509Certificate certificate(String file) throws Exception {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Test
    void aNodeForEachNameThatTheAuthoritySigned() throws Exception {
        Typed typed = certs("--out", folder.toString(), "--name", "a:gateway", "--name", "b.example:token,store");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.code()).isZero();
        assertThat(NodeIdentity.roles(certificate("a/node.crt"))).isEqualTo(Set.of(Role.GATEWAY));
        assertThat(NodeIdentity.roles(certificate("b.example/node.crt"))).isEqualTo(Set.of(Role.TOKEN, Role.STORE));
        assertSigned("a/node.crt");
        assertSigned("b.example/node.crt");
        assertThat(certificate("a/node.crt").getExtendedKeyUsage()).hasSize(2);
        assertThat(certificate("a/node.crt").getBasicConstraints()).isEqualTo(-1);
    }

    private void assertSigned(String file) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(certificate("a/ca.crt"), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate(file))),
                        parameters);
    }

    @Test
    void keysAreForTheirOwnerAndTheAuthoritysStaysBehind() throws Exception {
        certs("--out", folder.toString(), "--name", "a:gateway");

        assertThat(names(folder.resolve("a"))).containsExactlyInAnyOrder("node.crt", "node.key", "ca.crt");
        assertThat(names(folder)).containsExactlyInAnyOrder("a", "ca.crt", "ca.key");
        for (String key : List.of("ca.key", "a/node.key")) {
            assertThat(Files.getPosixFilePermissions(folder.resolve(key)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aLaterRunKeepsTheAuthority() throws Exception {
        certs("--out", folder.toString(), "--name", "a:gateway");
        X509Certificate before = certificate("a/node.crt");
        Typed later = certs("--out", folder.toString(), "--name", "b:store", "--name", "a:gateway");

        assertThat(later.code()).isZero();
        assertThat(certificate("a/ca.crt")).isEqualTo(certificate("ca.crt"));
        assertThat(certificate("a/node.crt")).isNotEqualTo(before);
        assertSigned("b/node.crt");
    }

    @Test
    void withoutNamesOneNodeForEachRole() throws Exception {
        certs("--out", folder.toString());

        for (Role role : Role.values()) {
            assertThat(NodeIdentity.roles(certificate(role + "/node.crt"))).isEqualTo(Set.of(role));
        }
    }

    @Test
    void anApplicationHasNoRole() throws Exception {
        Typed typed = certs("--out", folder.toString(), "--name", "a:application");

        assertThat(typed.out()).contains("is for an application");
        assertThat(NodeIdentity.roles(certificate("a/node.crt"))).isEmpty();
        assertSigned("a/node.crt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:application,gateway", "a:", ":gateway", "a:gateways", "../a:gateway", "a b:token"})
    void whatIsNoNode(String name) {
        Typed typed = certs("--out", folder.toString(), "--name", name);

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("NODE:ROLE");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void eachNodeHasANameOfItsOwn() {
        assertThat(certs("--out", folder.toString(), "--name", "a:token", "--name", "a:store")
                        .code())
                .isEqualTo(2);
        assertThat(certs().err()).contains("--out");
        assertThat(certs("--out", "x", "--out", "y").err()).contains("given twice");
    }
}
