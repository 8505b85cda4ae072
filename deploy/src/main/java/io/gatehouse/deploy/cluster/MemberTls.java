package io.gatehouse.deploy.cluster;

import io.gatehouse.common.bus.seal.Identity;
import io.gatehouse.common.config.ClusterTlsConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.deploy.certs.NodeIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/**
 * What a member shows to others, and whom it takes for one: TLS 1.3, and on both sides a certificate of the cluster's own
 * authority. The host names in certificates don't count: a member is who it is wherever it runs.
 */
final class MemberTls {
    private static final String PROTOCOL = "TLSv1.3";
    private static final String[] KEY_TYPES = {"EC", "RSA"};
    private static final Duration HANDSHAKE = Duration.ofSeconds(4);

    private final PemKeyCertOptions identity;
    private final PemTrustOptions trust;
    private final Chain chain;
    private final List<X509Certificate> authorities;
    private final PrivateKey key;
    private final SSLContext context;

    private MemberTls(
            PemKeyCertOptions identity,
            PemTrustOptions trust,
            Chain chain,
            List<X509Certificate> authorities,
            PrivateKey key,
            SSLContext context) {
        this.identity = identity;
        this.trust = trust;
        this.chain = chain;
        this.authorities = authorities;
        this.key = key;
        this.context = context;
    }

    /**
     * Reads the files and sees that others will take this node for a member with these roles. Blocks.
     *
     * @throws UnusableMember where they won't
     */
    static MemberTls read(Vertx vertx, ClusterTlsConfig files, Collection<Role> roles) {
        byte[] own = bytes("certificate", files.certificate());
        byte[] key = bytes("key", files.key());
        byte[] ca = bytes("ca", files.ca());
        Chain chain = new Chain(certificates("certificate", files.certificate(), own));
        List<X509Certificate> authorities = certificates("ca", files.ca(), ca);
        checkSigned(chain, authorities, files);
        checkRoles(chain.own(), roles, files.certificate());
        PemKeyCertOptions identity =
                new PemKeyCertOptions().addCertValue(Buffer.buffer(own)).addKeyValue(Buffer.buffer(key));
        PemTrustOptions trust = new PemTrustOptions().addCertValue(Buffer.buffer(ca));
        KeyManager[] keys = keys(vertx, identity, files);
        return new MemberTls(identity, trust, chain, authorities, key(keys, files), context(vertx, keys, trust, files));
    }

    /** The name in the certificate. */
    String name() {
        return chain.name();
    }

    /**
     * This process among the others, with new keys.
     *
     * @param node its id in the cluster
     */
    Identity identify(String node, Instant now) {
        try {
            return Identity.make(node, chain.der(), key, now);
        } catch (GeneralSecurityException foreign) {
            throw new UnusableMember("the key of the cluster's certificate can't sign (" + key.getAlgorithm()
                    + "): make an EC or RSA key, for example with: deploy/gatehouse cluster certs");
        }
    }

    /**
     * Sees that the key is the certificate's: the others would find out, and leave this node alone without a word.
     *
     * @throws UnusableMember where it is another's
     */
    void checkPair(Identity identity) {
        if (!identity.hello().isSignedBy(chain.own().getPublicKey())) {
            throw new UnusableMember("cluster.tls.key is not the private key of cluster.tls.certificate, that of "
                    + chain.name() + ": name the two that were made together");
        }
    }

    /** Whom this member believes to be members. */
    HelloCheck others(Clock clock) {
        return new HelloCheck(authorities, clock);
    }

    /** For the sockets by which members know of each other. */
    SocketFactory sockets() {
        return new TLS()
                .setProtocols(new String[] {PROTOCOL})
                .setClientAuth(TLSClientAuth.NEED)
                .createSocketFactory(context);
    }

    /** For the sockets by which they ask each other. */
    void applyTo(EventBusOptions options) {
        options.setSsl(true)
                .setKeyCertOptions(identity)
                .setTrustOptions(trust)
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(Set.of(PROTOCOL))
                .setSslHandshakeTimeout(HANDSHAKE.toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    }

    private static byte[] bytes(String key, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UnusableMember("cluster.tls." + key + " names the file "
                    + file.toAbsolutePath().normalize() + ", which can't be read ("
                    + failure.getClass().getSimpleName() + "): check its path, owner and mode");
        }
    }

    private static List<X509Certificate> certificates(String key, Path file, byte[] pem) {
        try {
            List<X509Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!read.isEmpty()) {
                return read;
            }
        } catch (CertificateException malformed) {
            // Said below, without the parser's words.
        }
        throw new UnusableMember("cluster.tls." + key + " (" + file + ") holds no certificate in PEM: write it from"
                + " -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----");
    }

    private static void checkSigned(Chain chain, List<X509Certificate> ca, ClusterTlsConfig files) {
        try {
            chain.check(ca, Instant.now());
        } catch (GeneralSecurityException bad) {
            throw new UnusableMember("cluster.tls.certificate (" + files.certificate() + ") is not valid today, or not"
                    + " signed by cluster.tls.ca (" + files.ca() + "): no member would speak with this node. Make one"
                    + " with: deploy/gatehouse cluster certs");
        }
    }

    private static void checkRoles(X509Certificate certificate, Collection<Role> roles, Path file) {
        Set<Role> missing = EnumSet.noneOf(Role.class);
        missing.addAll(roles);
        missing.removeAll(NodeIdentity.roles(certificate));
        if (!missing.isEmpty()) {
            throw new UnusableMember("cluster.tls.certificate (" + file + ") is not for the roles " + missing
                    + " that this node runs: start it with fewer, or make one that names them with: deploy/gatehouse"
                    + " cluster certs");
        }
    }

    private static SSLContext context(Vertx vertx, KeyManager[] keys, PemTrustOptions trust, ClusterTlsConfig files) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys, trust.getTrustManagerFactory(vertx).getTrustManagers(), null);
            return context;
        } catch (Exception unreadable) {
            throw unusableKey(files);
        }
    }

    private static KeyManager[] keys(Vertx vertx, PemKeyCertOptions identity, ClusterTlsConfig files) {
        try {
            return identity.getKeyManagerFactory(vertx).getKeyManagers();
        } catch (Exception unreadable) {
            throw unusableKey(files);
        }
    }

    private static PrivateKey key(KeyManager[] keys, ClusterTlsConfig files) {
        for (KeyManager one : keys) {
            if (one instanceof X509KeyManager manager) {
                String alias = manager.chooseClientAlias(KEY_TYPES, null, null);
                PrivateKey key = alias == null ? null : manager.getPrivateKey(alias);
                if (key != null) {
                    return key;
                }
            }
        }
        throw unusableKey(files);
    }

    /** Not with the parser's words, which may quote a key. */
    private static UnusableMember unusableKey(ClusterTlsConfig files) {
        return new UnusableMember("cluster.tls.key (" + files.key() + ") is not the private key of the certificate in"
                + " PEM: write it whole, unencrypted, from -----BEGIN to -----END");
    }
}
