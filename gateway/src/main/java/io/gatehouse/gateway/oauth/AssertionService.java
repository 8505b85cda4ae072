package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.message.UpstreamAssertions;
import io.gatehouse.common.message.UpstreamAssertions.Basis.BySession;
import io.gatehouse.common.message.UpstreamAssertions.Basis.ByToken;
import io.gatehouse.common.message.UpstreamAssertions.Mint;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.gateway.oauth.TokenInspector.Inspected;
import io.gatehouse.gateway.oauth.TokenInspector.Seen;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assertions for the services behind the front door. Each is minted once for a sender or session and a service, and again
 * shortly before it ends. Whether what it is made of still counts is not asked here: whoever hands one out has just looked. For
 * one event loop; what is minted is remembered for all of them.
 */
public final class AssertionService {
    /**
     * Everything an assertion depends on.
     *
     * @param basis with the tenant and the keys that sign now
     */
    record Key(Basis basis, String audience) {}

    /** What tokens of the same sender say; or one token, which ends soon, or the statement of a session. */
    sealed interface Basis permits SenderWords, Seen {}

    /** @param renewAt from when on another one is minted */
    record Minted(String jwt, Instant expiresAt, Instant renewAt) {
        /** With the words of a sender of some roles. */
        private static final int FOOTPRINT = 1_000;

        /** About how many bytes of the heap it takes, with its key. */
        int footprint() {
            return FOOTPRINT + jwt.length();
        }

        @Override
        public String toString() {
            return "Minted[***, " + renewAt + "]";
        }
    }

    /** So much of its life an upstream may count on, unless what it is made of ends before. */
    private static final Duration LEFT = Duration.ofSeconds(15);

    private final Bus bus;
    private final KeyDirectory keys;
    private final Cache<Key, Minted> minted;
    private final Clock clock;
    /** Requests that come at once wait for one answer. */
    private final Map<Key, Future<UpstreamAssertions.Minted>> underway = new HashMap<>();

    AssertionService(Bus bus, Knowledge knowledge, Clock clock) {
        this.bus = bus;
        this.keys = knowledge.keys();
        this.minted = knowledge.assertions();
        this.clock = clock;
    }

    /**
     * Whom a request with this token comes from.
     *
     * @param found the token, which counts now
     * @param text the same, as it was shown
     * @param audience the service that gets the request
     * @return compact; fails with {@code Unavailable} where none can be had
     */
    public Future<String> ofToken(Inspected found, String text, String audience) {
        AccessToken token = found.token();
        Key alike = new Key(SenderWords.of(found), audience);
        Minted shared = remembered(alike);
        // It must not say more than the token that is shown now, nor for longer.
        if (shared != null && !token.expiresAt().isBefore(shared.expiresAt)) {
            return Future.succeededFuture(shared.jwt);
        }
        Key own = new Key(found.seen(), audience);
        Minted remembered = remembered(own);
        return remembered != null
                ? Future.succeededFuture(remembered.jwt)
                : minted(own, new Mint(token.tenant(), new ByToken(Secret.of(text)), audience))
                        .map(answer -> remember(
                                answer.expiresAt().isBefore(token.expiresAt()) ? alike : own,
                                answer,
                                token.expiresAt()));
    }

    /**
     * Likewise, of a browser's session.
     *
     * @param statement a {@link SessionStatement}, which counts now
     */
    public Future<String> ofSession(Attestation statement, String audience) {
        SessionStatement session = statement.read(SessionStatement.class);
        return keys.find(bus, session.tenant()).compose(set -> {
            // Made by a key that no gateway has, over all of it.
            Seen basis = new Seen(session.tenant(), set.version(), new Digest(statement.mac()));
            Key key = new Key(basis, audience);
            Minted remembered = remembered(key);
            return remembered != null
                    ? Future.succeededFuture(remembered.jwt)
                    : minted(key, new Mint(session.tenant(), new BySession(statement), audience))
                            .map(answer -> remember(key, answer, session.expiresAt()));
        });
    }

    private @Nullable Minted remembered(Key key) {
        Minted known = minted.getIfPresent(key);
        return known != null && clock.instant().isBefore(known.renewAt) ? known : null;
    }

    private Future<UpstreamAssertions.Minted> minted(Key key, Mint request) {
        Future<UpstreamAssertions.Minted> other = underway.get(key);
        if (other != null) {
            return other;
        }
        Future<UpstreamAssertions.Minted> asked = bus.ask(request);
        underway.put(key, asked);
        return asked.onComplete(done -> underway.remove(key, asked));
    }

    /** One that ends with what it is made of could not be replaced by one that ends later. */
    private String remember(Key key, UpstreamAssertions.Minted answer, Instant end) {
        Instant until = answer.expiresAt();
        Minted one = new Minted(answer.jwt().reveal(), until, until.isBefore(end) ? until.minus(LEFT) : until);
        minted.put(key, one);
        return one.jwt;
    }
}
