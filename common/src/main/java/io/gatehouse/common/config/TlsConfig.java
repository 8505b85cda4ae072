package io.gatehouse.common.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the public listener. Its files are looked at while the server runs: what changes in them counts without a restart.
 *
 * @param certificate PEM file of the server's certificate, with those up to the authority behind it; null: in {@code keystore}
 * @param key PEM file of the certificate's private key; null: in {@code keystore}
 * @param keystore PKCS12 file of both; null: in two files
 * @param keystorePassword null: the file has none
 * @param clientAuth whether clients are asked for a certificate
 * @param clientCa PEM files of the authorities that clients' certificates may come from
 * @param hsts how long browsers are to come by https only; zero: they are not told
 */
public record TlsConfig(
        @Key(doc = """
                        A PEM file with the server's certificate, and behind it those up to the authority. Goes with key,
                        or write keystore instead of both. The files are looked at every ten seconds: new ones count
                        without a restart.""") @Nullable Path certificate,

        @Key(doc = "A PEM file with the certificate's private key, readable by this server only.") @Nullable
        Path key,

        @Key(doc = "A PKCS12 file with certificate and key.") @Nullable
        Path keystore,

        @Key(doc = "The password of keystore, best as file:PATH.", max = "1024") @Nullable
        SecretValue keystorePassword,

        @Key(doc = """
                        Whether clients are asked for a certificate, by which they may authenticate (RFC 8705). With
                        request one is taken from whoever has it, whoever signed it, and checked by what the client
                        registered. With require nobody connects without one that an authority of client_ca signed:
                        no browser of a user, either. Browsers that hold a certificate ask their users whether to show it.""", defaultValue = "none") ClientAuth clientAuth,

        @Key(doc = """
                        PEM files of the authorities whose certificates count for clients with tls_client_auth.
                        Name those that sign for your clients only, never the public ones: they sign any name for
                        whoever owns it.""") List<Path> clientCa,

        @Key(
                doc = "How long browsers are to use https only (Strict-Transport-Security); 0: they are not told.",
                defaultValue = "P365D",
                min = "PT0S",
                max = "P730D")
        Duration hsts)
        implements Checked {
    /** Whether clients are asked for a certificate. */
    public enum ClientAuth {
        NONE,
        REQUEST,
        REQUIRE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies its list. */
    public TlsConfig {
        clientCa = List.copyOf(clientCa);
    }

    /** Whether a client may show a certificate. */
    public boolean takesCertificates() {
        return clientAuth != ClientAuth.NONE;
    }

    @Override
    public void check(Rules rules) {
        boolean pem = certificate != null && key != null && keystore == null;
        boolean pkcs12 = certificate == null && key == null && keystore != null;
        rules.require(
                pem || pkcs12,
                "certificate",
                "and key belong together, and keystore stands alone: give the two, or keystore",
                "key",
                "keystore");
        rules.require(
                keystorePassword == null || keystore != null,
                "keystore_password",
                "is of no use without keystore: remove it",
                "keystore");
        rules.require(
                clientAuth != ClientAuth.REQUIRE || !clientCa.isEmpty(),
                "client_ca",
                "is required with client_auth: require: name the PEM file of the authority that signs for your clients",
                "client_auth");
        rules.require(
                takesCertificates() || clientCa.isEmpty(),
                "client_ca",
                "is of no use with client_auth: none: set client_auth to request or require, or remove it",
                "client_auth");
    }
}
