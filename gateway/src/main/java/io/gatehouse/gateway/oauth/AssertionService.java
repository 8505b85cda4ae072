package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.message.UpstreamAssertions;
import io.gatehouse.common.message.UpstreamAssertions.Basis;
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
 * Assertions for the services behind the front door. Each is minted once for a token or session and a service, and again shortly before it
 * ends. Whether what it is made of still counts is not asked here: whoever hands one out has just looked. For one event loop; what is minted
 * is remembered for all of them.
 */
public final class AssertionService {
    /**
     * Everything an assertion depends on.
     *
     * @param basis the token, or the statement of the session, with the tenant and the keys that sign now
     */
    record Key(Seen basis, String audience) {}

    /** @param renewAt from when on another one is minted */
    record Minted(String jwt, Instant renewAt) {
        private static final int FOOTPRINT = 400;

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
    private final Map<Key, Future<String>> underway = new HashMap<>();

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
        Key key = new Key(found.seen(), audience);
        String remembered = remembered(key);
        return remembered != null
                ? Future.succeededFuture(remembered)
                : minted(key, new Basis.ByToken(Secret.of(text)), found.token().expiresAt());
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
            String remembered = remembered(key);
            return remembered != null
                    ? Future.succeededFuture(remembered)
                    : minted(key, new Basis.BySession(statement), session.expiresAt());
        });
    }

    private @Nullable String remembered(Key key) {
        Minted known = minted.getIfPresent(key);
        return known != null && clock.instant().isBefore(known.renewAt) ? known.jwt : null;
    }

    private Future<String> minted(Key key, Basis basis, Instant end) {
        Future<String> other = underway.get(key);
        if (other != null) {
            return other;
        }
        Future<String> asked = bus.ask(new UpstreamAssertions.Mint(key.basis.tenant(), basis, key.audience))
                .map(answer -> remember(key, answer, end));
        underway.put(key, asked);
        return asked.onComplete(done -> underway.remove(key, asked));
    }

    /** One that ends with what it is made of could not be replaced by one that ends later. */
    private String remember(Key key, UpstreamAssertions.Minted answer, Instant end) {
        Instant until = answer.expiresAt();
        Minted one = new Minted(answer.jwt().reveal(), until.isBefore(end) ? until.minus(LEFT) : until);
        minted.put(key, one);
        return one.jwt;
    }
}
