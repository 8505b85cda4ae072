package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.gateway.http.Exchange;
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
    private final Clock clock;
    private Instant quietUntil = Instant.MIN;
    private long untold;

    /** @param secrets any of which is enough; at least one */
    Hop(List<SecretValue> secrets, Clock clock) {
        this.secrets = List.copyOf(secrets);
        this.clock = clock;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure access_denied, without saying why: the audit line does */
    void check(Exchange exchange) {
        List<String> shown = exchange.headers(HEADER);
        if (!exchange.isPrivate()) {
            throw refused("neither over TLS nor from this machine");
        }
        if (shown.size() != 1 || !isOurs(shown.getFirst())) {
            throw refused(shown.isEmpty() ? "no secret" : "wrong secret");
        }
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
