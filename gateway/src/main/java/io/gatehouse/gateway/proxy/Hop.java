package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.ForwardAuthConfig;
import io.gatehouse.common.config.SecretValue;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.oauth.CertificateChains;
import io.gatehouse.gateway.oauth.ShownCertificate;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a proxy in front: what it says of a request counts only once it has proved itself. Of one event loop. */
final class Hop {
    static final String HEADER = "X-Gatehouse-Hop";

    private static final Logger LOG = LoggerFactory.getLogger("gatehouse.audit");
    /** Whoever knocks often writes no log of his own. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final List<SecretValue> secrets;
    private final HopCertificates certificates;
    private final Clock clock;
    private Instant quietUntil = Instant.MIN;
    private long untold;

    /** @param config any of whose secrets and certificates is enough; at least one */
    Hop(ForwardAuthConfig config, CertificateChains chains, Clock clock) {
        this.secrets = config.secret();
        this.certificates = new HopCertificates(config.certificates(), chains, clock);
        this.clock = clock;
    }

    /** @return fails with access_denied, without saying why: the audit line does */
    Future<Void> check(Exchange exchange) {
        List<String> shown = exchange.headers(HEADER);
        if (!exchange.isPrivate()) {
            throw refused("neither over TLS nor from this machine");
        }
        if (shown.isEmpty()) {
            return byCertificate(exchange);
        }
        if (shown.size() != 1 || !isOurs(shown.getFirst())) {
            throw refused("wrong secret");
        }
        return Future.succeededFuture();
    }

    private Future<Void> byCertificate(Exchange exchange) {
        ShownCertificate certificate = exchange.certificate();
        return certificates.prove(certificate).map(proved -> {
            if (!proved) {
                throw refused(certificate == null ? "no secret" : "no secret, and no certificate of a proxy");
            }
            return null;
        });
    }

    /** As long for each secret, whether another one was right or not. */
    private boolean isOurs(String shown) {
        byte[] given = shown.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (SecretValue secret : secrets) {
            found |= MessageDigest.isEqual(secret.reveal().getBytes(StandardCharsets.UTF_8), given);
        }
        return found;
    }

    private RuntimeException refused(String reason) {
        Instant now = clock.instant();
        if (now.isBefore(quietUntil)) {
            untold++;
        } else {
            LOG.atWarn()
                    .addKeyValue("event", "forward_auth_refused")
                    .addKeyValue("reason", reason)
                    .addKeyValue("untold", untold)
                    .log("a sub-request that is no proxy's");
            quietUntil = now.plus(QUIET);
            untold = 0;
        }
        return Refused.because("the request is refused");
    }
}
