package io.gatehouse.gateway.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.jwk.PublicJwks;
import io.gatehouse.common.message.ClientAssertions;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RegisteredKeys;
import io.gatehouse.gateway.oauth.ClientKeySets;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JWK Sets fetched at the URLs that clients registered, or that the configuration names. A set counts for minutes; whoever
 * publishes it is asked at most once in half a minute, whatever comes in and whether it answers or not. Of one event loop.
 */
public final class FetchedKeySets implements ClientKeySets {
    private static final Logger LOG = LoggerFactory.getLogger("gatehouse.audit");
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MOST = 1_000;

    private record Fetched(PublicJwks set, Instant until) {}

    /**
     * @param before the last set that came, where this answer has not; null: none did
     * @param askedAt when the last request for it was sent
     */
    private record Held(Future<Fetched> answer, @Nullable Fetched before, Instant askedAt) {
        private @Nullable Fetched latest() {
            return answer.succeeded() ? answer.result() : before;
        }
    }

    /** What a stranger may not have fetched, it must not get because somebody else had it fetched. */
    private record Place(String uri, boolean stranger) {}

    private final GuardedHttpClient client;
    private final Clock clock;
    private final Cache<Place, Held> sets =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    public FetchedKeySets(GuardedHttpClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Future<@Nullable String> of(Client asked, @Nullable String kid) {
        RegisteredKeys keys = asked.extensions().keys();
        String uri = keys == null ? null : keys.jwksUri();
        return uri == null
                ? Future.succeededFuture()
                : at(asked, uri, kid).<@Nullable String>map(json -> json).recover(unknown -> refused());
    }

    @Override
    public Future<String> at(Client asked, String uri, @Nullable String kid) {
        return find(asked, uri, kid).map(fetched -> fetched.set.json());
    }

    private Future<Fetched> find(Client asked, String uri, @Nullable String kid) {
        Instant now = clock.instant();
        Place place = new Place(uri, asked.selfRegistration() != null);
        Held held = sets.getIfPresent(place);
        Fetched latest = held == null ? null : held.latest();
        boolean counts = latest != null && now.isBefore(latest.until);
        // Nobody waits for a set that a stranger's key made us ask for again.
        if (latest != null && counts && (kid == null || latest.set.kids().contains(kid))) {
            return Future.succeededFuture(latest);
        }
        if (held != null && (!held.answer.isComplete() || now.isBefore(held.askedAt.plus(PAUSE)))) {
            return held.answer;
        }
        Future<Fetched> fetched = fetch(asked, uri).map(set -> new Fetched(set, now.plus(LIFE)));
        // While the old one still counts, a server that can't be reached takes nothing away.
        Future<Fetched> answer = latest != null && counts ? fetched.otherwise(latest) : fetched;
        sets.put(place, new Held(answer, latest, now));
        return answer;
    }

    private Future<PublicJwks> fetch(Client asked, String uri) {
        return client.of(asked)
                .send(OutboundRequest.get(URI.create(uri), "application/jwk-set+json, application/json"))
                .map(FetchedKeySets::read)
                .onFailure(failure -> log(asked, failure));
    }

    private static PublicJwks read(OutboundResponse response) {
        if (response.status() != 200) {
            throw new IllegalArgumentException("the answer has the status " + response.status());
        }
        return PublicJwks.read(response.body().toString(StandardCharsets.UTF_8));
    }

    /** In words of ours: nothing that the other side wrote. */
    private static void log(Client asked, Throwable failure) {
        String reason = switch (failure) {
            case OutboundFailure known -> known.reason().name().toLowerCase(Locale.ROOT);
            case IllegalArgumentException unfit -> String.valueOf(unfit.getMessage());
            default -> "internal";
        };
        LOG.atWarn()
                .addKeyValue("event", "client_keys_not_fetched")
                .addKeyValue("tenant", asked.tenant())
                .addKeyValue("client_id", asked.clientId())
                .addKeyValue("reason", reason)
                .log("keys of a client not fetched");
    }

    private static <T> Future<T> refused() {
        return Future.failedFuture(OAuthError.failure(Code.INVALID_CLIENT, ClientAssertions.REFUSAL));
    }
}
