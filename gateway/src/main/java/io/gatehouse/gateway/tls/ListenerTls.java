package io.gatehouse.gateway.tls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.config.TlsConfig;
import io.gatehouse.common.config.TlsConfig.ClientAuth;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.gateway.oauth.CertificateChains;
import io.gatehouse.gateway.oauth.ShownCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of one process's public listener. Its files may change while it serves; what is no good keeps the last that was. */
public final class ListenerTls implements CertificateChains {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerTls.class);
    private static final Duration VERDICT_LIFE = Duration.ofMinutes(5);
    private static final int MOST_VERDICTS = 10_000;

    /** @param until from when on it is asked for again */
    private record Verdict(boolean trusted, Instant until) {}

    /** All that changes together. */
    private record Current(TlsMaterial material, KnownAuthorities authorities, Cache<Digest, Verdict> verdicts) {
        static Current of(TlsMaterial material) {
            return new Current(
                    material,
                    new KnownAuthorities(material.authorities()),
                    Caffeine.newBuilder()
                            .maximumSize(MOST_VERDICTS)
                            .executor(Runnable::run)
                            .build());
        }
    }

    private final TlsConfig config;
    private final TlsFiles files;
    private final Clock clock;
    private @Nullable Future<Void> opened;
    private volatile @Nullable Vertx workers;
    private volatile @Nullable Current current;
    /** What was found and refused, so that it is complained of once. */
    private volatile @Nullable String refused;

    public ListenerTls(TlsConfig config, Clock clock) {
        this.config = config;
        this.files = new TlsFiles(config);
        this.clock = clock;
    }

    /** Reads the files, once per process; fails with {@link UnusableTls}. */
    public synchronized Future<Void> open(Vertx vertx) {
        if (opened == null) {
            workers = vertx;
            // Before the first handshake: nobody needs it, it is dear, and HTTP/2 forbids it (RFC 9113, section 9.2.1).
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
            opened = vertx.executeBlocking(() -> files.material(vertx))
                    .onSuccess(material -> current = Current.of(material))
                    .mapEmpty();
        }
        return opened;
    }

    /** The value of Strict-Transport-Security; null: none is sent. */
    public @Nullable String transportSecurity() {
        long seconds = config.hsts().toSeconds();
        return seconds == 0 ? null : "max-age=" + seconds;
    }

    /** Sets what is spoken by the files as they were read last. */
    public ServerSSLOptions configure(ServerSSLOptions options) {
        TlsMaterial material = now().material();
        TlsSuites.ALL.forEach(options::addEnabledCipherSuite);
        options.setEnabledSecureTransportProtocols(new LinkedHashSet<>(TlsSuites.PROTOCOLS))
                .setUseAlpn(true)
                .setKeyCertOptions(material.identity())
                .setClientAuth(
                        switch (config.clientAuth()) {
                            case NONE -> io.vertx.core.http.ClientAuth.NONE;
                            case REQUEST -> io.vertx.core.http.ClientAuth.REQUEST;
                            case REQUIRE -> io.vertx.core.http.ClientAuth.REQUIRED;
                        });
        if (config.takesCertificates()) {
            options.setTrustOptions(TrustOptions.wrap(
                    config.clientAuth() == ClientAuth.REQUIRE
                            ? new SignedCertificate(now().authorities(), material.authorities(), clock)
                            : AnyCertificate.INSTANCE));
        }
        return options;
    }

    /**
     * Looks whether the files changed, off the event loop.
     *
     * @param listener to be given what is spoken from now on
     */
    public Future<Void> look(Vertx vertx, Function<ServerSSLOptions, Future<?>> listener) {
        return vertx.executeBlocking(() -> {
                    boolean same = files.content().equals(now().material().content());
                    return Optional.ofNullable(same ? null : files.material(vertx));
                })
                .compose(found -> found.isEmpty() ? same() : changed(found.get(), listener))
                .recover(this::kept);
    }

    private Future<Void> same() {
        refused = null;
        return Future.succeededFuture();
    }

    private Future<Void> changed(TlsMaterial found, Function<ServerSSLOptions, Future<?>> listener) {
        Current before = now();
        current = Current.of(found);
        return listener.apply(configure(new ServerSSLOptions()))
                .onFailure(failure -> current = before)
                .onSuccess(updated -> {
                    refused = null;
                    LOG.info("new files of server.tls are in use");
                })
                .mapEmpty();
    }

    private Future<Void> kept(Throwable failure) {
        String reason = failure instanceof UnusableTls ? String.valueOf(failure.getMessage()) : "internal: " + failure;
        if (!reason.equals(refused)) {
            refused = reason;
            LOG.atError()
                    .addKeyValue("reason", reason)
                    .log("the files of server.tls are no good: the former stay in use");
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> isTrusted(ShownCertificate shown) {
        Current here = now();
        Instant at = clock.instant();
        Digest key = digest(shown);
        Verdict known = here.verdicts.getIfPresent(key);
        if (known != null && at.isBefore(known.until)) {
            return Future.succeededFuture(known.trusted);
        }
        // Not on the event loop: the chain of a stranger is as slow as he likes.
        return Objects.requireNonNull(workers, "not opened")
                .executeBlocking(() -> here.authorities.signed(shown, at), false)
                .onSuccess(trusted -> here.verdicts.put(key, new Verdict(trusted, until(shown, at))));
    }

    private static Instant until(ShownCertificate shown, Instant at) {
        return shown.chain().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .filter(at::isBefore)
                .reduce(at.plus(VERDICT_LIFE), (one, other) -> one.isBefore(other) ? one : other);
    }

    /** Of everything that the verdict depends on. */
    private static Digest digest(ShownCertificate shown) {
        Bytes all = Bytes.EMPTY;
        for (X509Certificate certificate : shown.chain()) {
            try {
                all = all.plus(Digest.of(Bytes.owned(certificate.getEncoded())).value());
            } catch (CertificateEncodingException impossible) {
                throw new IllegalStateException("a certificate that was read can't be written", impossible);
            }
        }
        return Digest.of(all);
    }

    private Current now() {
        return Objects.requireNonNull(current, "the files were not read");
    }
}
