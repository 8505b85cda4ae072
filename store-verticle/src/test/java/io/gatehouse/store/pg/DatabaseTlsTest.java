package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.store.Await;
import io.gatehouse.store.UnusableStore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a server whose certificate is for {@code localhost}. */
class DatabaseTlsTest {
    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static Certificates own;
    private static Certificates foreign;
    private static PostgresServer server;
    private static String uri;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        own = new Certificates(folder.resolve("own"), "localhost");
        foreign = new Certificates(folder.resolve("foreign"), "localhost");
        server = PostgresServer.start(
                folder.resolve("data"),
                Map.of(
                        "ssl", "on",
                        "ssl_cert_file", own.server().toString(),
                        "ssl_key_file", own.key().toString()));
        uri = server.uri("tls");
    }

    @AfterAll
    static void stop() {
        server.close();
        Await.result(vertx.close());
    }

    @Test
    void theRightAuthorityAndNamePass() {
        assertThat(isEncrypted(at("localhost", "verify-full", own.ca()))).isTrue();
    }

    @Test
    void aForeignAuthorityIsRefused() {
        refused(at("localhost", "verify-full", foreign.ca()));
        refused(at("localhost", "verify-ca", foreign.ca()));
    }

    @Test
    void anotherNameIsRefused() {
        refused(at("127.0.0.1", "verify-full", own.ca()));

        assertThat(isEncrypted(at("127.0.0.1", "verify-ca", own.ca()))).isTrue();
    }

    @Test
    void aCertificateThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> isEncrypted(at("localhost", "verify-full", folder.resolve("missing.crt"))))
                .isInstanceOf(UnusableStore.class)
                .hasMessageContaining("sslrootcert names " + folder.resolve("missing.crt"));
        assertThatThrownBy(() -> isEncrypted(at("localhost", "verify-full", own.key())))
                .isInstanceOf(UnusableStore.class)
                .hasMessageContaining("holds no certificate");
    }

    @Test
    void requiredEncryptionIsNeverGivenUp() {
        assertThat(isEncrypted(uri + "?sslmode=require")).isTrue();
        assertThat(isEncrypted(uri)).isFalse();
        assertThatThrownBy(() -> isEncrypted(PostgresServer.shared().uri("plain") + "?sslmode=require"))
                .isInstanceOf(UnusableStore.class)
                .hasMessageContaining("sslmode");
    }

    private static String at(String host, String mode, Path authority) {
        return uri.replace("@127.0.0.1:", "@" + host + ":") + "?sslmode=" + mode + "&sslrootcert=" + authority;
    }

    private static void refused(String uri) {
        assertThatThrownBy(() -> isEncrypted(uri))
                .isInstanceOf(UnusableStore.class)
                .hasMessageContaining("shows no certificate that its sslrootcert signed for");
    }

    private static boolean isEncrypted(String uri) {
        Database database = Await.result(Database.open(vertx, DatabaseTest.config(uri, 16, 1)));
        try {
            Row row = Await.result(
                            database.run("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", Tuple.tuple()))
                    .iterator()
                    .next();
            return row.getBoolean(0);
        } finally {
            Await.result(database.close());
        }
    }
}
