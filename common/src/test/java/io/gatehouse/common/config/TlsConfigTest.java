package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code server.tls}, and what clients declare for mutual TLS. */
class TlsConfigTest {
    private static final String FILES = "certificate: a.crt, key: a.key";
    private static final String CLIENT = "grant_types: [client_credentials], token_endpoint_auth_method: ";

    private static List<String> problems(String yaml) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.parse(yaml));
        return refused == null
                ? List.of()
                : refused.problems().stream().map(Problem::toString).toList();
    }

    private static void assertProblem(String yaml, String words) {
        assertThat(problems(yaml)).hasSize(1).first().asString().contains(words);
    }

    @Test
    void plainHttpUnlessItIsWritten() {
        assertThat(ConfigLoader.parse("").server().tls()).isNull();
        assertThat(ConfigLoader.parse("").issuerAt(8080)).isEqualTo(URI.create("http://127.0.0.1:8080"));
    }

    @Test
    void twoFilesAreEnough() {
        GatehouseConfig config = ConfigLoader.parse("server: {tls: {" + FILES + "}}");
        assertThat(config.server().tls())
                .isEqualTo(new TlsConfig(
                        Path.of("a.crt"),
                        Path.of("a.key"),
                        null,
                        null,
                        TlsConfig.ClientAuth.NONE,
                        List.of(),
                        Duration.ofDays(365)));
        assertThat(config.issuerAt(8443)).isEqualTo(URI.create("https://127.0.0.1:8443"));
        assertThat(config.masked()).contains("certificate: a.crt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certificate: a.crt|belong together",
                "key: a.key|belong together",
                "client_auth: none|belong together",
                "certificate: a.crt, key: a.key, keystore: a.p12|belong together",
                "certificate: a.crt, key: a.key, keystore_password: secret|of no use without keystore",
                "certificate: a.crt, key: a.key, client_auth: require|is required with client_auth: require",
                "certificate: a.crt, key: a.key, client_ca: [ca.crt]|is of no use with client_auth: none",
                "certificate: a.crt, key: a.key, client_auth: maybe|give one of none, request, require"
            })
    void whatDoesNotFitIsSaid(String tls, String words) {
        assertProblem("server: {tls: {" + tls + "}}", words);
    }

    @Test
    void theIssuerIsHttps() {
        assertProblem(
                "issuer: http://127.0.0.1:8443\nserver: {tls: {" + FILES + "}}", "server.tls is set: write https");
        assertThat(problems("issuer: https://login.example.org\nserver: {tls: {" + FILES + "}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls_client_auth|is required with tls_client_auth",
                "tls_client_auth, tls_client_auth_subject_dn: CN=a, tls_client_auth_san_dns: a.b|keep one",
                "tls_client_auth, tls_client_auth_subject_dn: nobody|is no distinguished name",
                "tls_client_auth, tls_client_auth_san_dns: '*.example.org'|without wildcard",
                "self_signed_tls_client_auth|is required with self_signed_tls_client_auth",
                "tls_client_auth, tls_client_auth_san_ip: 192.0.2.1, client_secret: a-secret-0123456789abcdef0123456789"
                        + "|is of no use with tls_client_auth",
                "client_secret_basic, client_secret: a-secret-0123456789abcdef0123456789, tls_client_auth_san_dns: a.b"
                        + "|needs token_endpoint_auth_method: tls_client_auth",
                "tls_client_auth, tls_client_auth_san_dns: a.b, tls_client_certificate_bound_access_tokens: true,"
                        + " dpop_bound_access_tokens: true|stands beside dpop_bound_access_tokens"
            })
    void clientsDeclareWhatFits(String rest, String words) {
        assertProblem(
                "server: {tls: {" + FILES + ", client_auth: request, client_ca: [ca.crt]}}\n" + client(rest), words);
    }

    @Test
    void aClientThatNobodyCouldBeIsSaid() {
        String byName = client("tls_client_auth, tls_client_auth_san_dns: a.b");
        assertProblem(byName, "the listener asks for none");
        assertProblem("server: {tls: {" + FILES + "}}\n" + byName, "the listener asks for none");
        assertProblem("server: {tls: {" + FILES + ", client_auth: request}}\n" + byName, "no authority counts");
        assertThat(problems("roles: [token, store]\nissuer: https://login.example.org\n" + byName))
                .as("the listener is another node's")
                .isEmpty();
    }

    private static String client(String rest) {
        return "bootstrap: {clients: [{client_id: a, " + CLIENT + rest + "}]}";
    }
}
