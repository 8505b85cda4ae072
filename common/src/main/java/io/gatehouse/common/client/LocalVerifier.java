package io.gatehouse.common.client;

import io.gatehouse.common.bus.ApplicationLine;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens in this process. What is remembered is only that a signature was right; expiry, audience and
 * revocation are looked at every time.
 */
final class LocalVerifier {
    private static final int LONGEST = 8192;
    private static final int REMEMBERED = 20_000;
    private static final long AGAIN_MILLIS = 5_000;

    private final ApplicationLine line;
    private final RevocationList revocations;
    private final String audience;
    private final Clock clock;
    private final Memory<AccessToken> seen = new Memory<>(REMEMBERED);
    private final AtomicLong questions = new AtomicLong();
    private long answered;
    private volatile KeySet keys;
    private volatile long loadedAt;

    LocalVerifier(ApplicationLine line, RevocationList revocations, String audience, Clock clock, KeySet keys) {
        this.line = line;
        this.revocations = revocations;
        this.audience = audience;
        this.clock = clock;
        this.keys = keys;
        this.loadedAt = clock.millis();
    }

    String tenant() {
        return keys.tenant();
    }

    /** Another set of keys counts: what was remembered may have been signed by one that is gone. */
    Future<KeySet> load() {
        loadedAt = clock.millis();
        long asked = questions.incrementAndGet();
        return line.ask("keys", new JsonObject()).map(told -> take(asked, KeySet.read(told)));
    }

    /** What was asked for earlier and comes later says nothing new. */
    private synchronized KeySet take(long asked, KeySet found) {
        if (asked > answered) {
            answered = asked;
            if (found.version() != keys.version()) {
                keys = found;
                seen.clear();
            }
        }
        return keys;
    }

    /** @return fails with invalid_token, and with {@code Unavailable} where it can't be told */
    Future<AccessToken> verify(String token) {
        if (!revocations.isFresh()) {
            return Future.failedFuture(new OAuthError.Unavailable("revocation").failure());
        }
        AccessToken remembered = seen.find(token);
        return remembered == null ? look(token) : current(remembered);
    }

    private Future<AccessToken> look(String token) {
        String kid = token.length() > LONGEST ? null : KeySet.kid(token);
        if (kid == null) {
            return Future.failedFuture(invalid("the access token is no token of this server"));
        }
        KeySet set = keys;
        return set.knows(kid) || clock.millis() - loadedAt < AGAIN_MILLIS
                ? read(token, kid, set)
                : load().compose(again -> read(token, kid, again));
    }

    private Future<AccessToken> read(String token, String kid, KeySet set) {
        KeySet.Verified verified = set.verify(token, kid);
        if (verified == null) {
            return Future.failedFuture(invalid("the access token is no token of this server"));
        }
        // Whose it is only Gatehouse can tell, and so whether that user was logged out.
        if (verified.claims().containsKey(UserSeal.CLAIM)) {
            return askOf(token, verified);
        }
        AccessToken found = parse(set, verified);
        if (found == null) {
            return Future.failedFuture(invalid("the access token is no token of this server"));
        }
        seen.put(token, found);
        return current(found);
    }

    private Future<AccessToken> askOf(String token, KeySet.Verified verified) {
        return line.ask("verify", new JsonObject().put("token", token).put("audience", audience))
                .map(told -> AccessToken.read(keys.tenant(), verified.kid(), verified.claims()));
    }

    private static @Nullable AccessToken parse(KeySet set, KeySet.Verified verified) {
        try {
            AccessToken token = AccessToken.read(set.tenant(), verified.kid(), verified.claims());
            return token.issuer().equals(set.issuer()) ? token : null;
        } catch (RuntimeException foreign) {
            return null;
        }
    }

    private Future<AccessToken> current(AccessToken token) {
        String flaw = flaw(token);
        return flaw == null ? Future.succeededFuture(token) : Future.failedFuture(invalid(flaw));
    }

    private @Nullable String flaw(AccessToken token) {
        if (revocations.denies(token)) {
            return "the access token was revoked";
        }
        if (clock.millis() >= token.expiresAt().toEpochMilli()) {
            return "the access token has expired";
        }
        if (token.confirmation() != null) {
            return "the access token is bound to a key or a certificate, and is no bearer token";
        }
        return token.audience().contains(audience) ? null : "the access token is for another service";
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_TOKEN, description);
    }
}
