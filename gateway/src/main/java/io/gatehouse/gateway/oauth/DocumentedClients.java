package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.ClientDrafts;
import io.gatehouse.common.message.Registrations.Admit;
import io.gatehouse.common.message.Registrations.Present;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.gatehouse.gateway.oauth.ClientDocuments.Document;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Clients whose id is the address of a document that describes them (OAuth Client ID Metadata Document): before such a client
 * is looked up where an authorization begins, the document is fetched, and the store is told. Of one event loop.
 */
public final class DocumentedClients {
    /** Section 4. */
    private static final int LARGEST = 5 * 1024;

    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(5);
    private static final Duration USUAL_LIFE = Duration.ofHours(1);
    private static final Duration LONGEST_LIFE = Duration.ofHours(24);
    /** Before what was no good is fetched again. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private static final int MOST = 1_000;

    private record Key(String tenant, String clientId) {}

    private static final class Held {
        private final Future<Void> answer;
        /** While the answer is awaited, nobody asks again. */
        private Instant until = Instant.MAX;

        private Held(Future<Void> answer) {
            this.answer = answer;
        }
    }

    private final Bus bus;
    private final TenantDirectory tenants;
    private final ClientDirectory clients;
    private final ClientDocuments documents;
    private final SectorDocuments sectors;
    private final Clock clock;
    private final Cache<Key, Held> known =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    DocumentedClients(Bus bus, Knowledge knowledge, ClientDocuments documents, Clock clock) {
        this.bus = bus;
        this.tenants = knowledge.tenants();
        this.clients = knowledge.clients();
        this.documents = documents;
        this.sectors = new SectorDocuments(documents);
        this.clock = clock;
    }

    /**
     * Lets the store know the client that somebody names, where its id is an address and the tenant lets it be one.
     *
     * @param clientId null: none is named
     * @param remoteAddress that the request came from
     * @return fails with invalid_client_metadata where there is no such document, or it is no good, and with {@code Throttled}
     */
    public Future<Void> prepare(String tenant, @Nullable String clientId, String remoteAddress) {
        URI address = clientId == null ? null : ClientAddress.read(clientId);
        if (clientId == null || address == null) {
            return Future.succeededFuture();
        }
        Key key = new Key(tenant, clientId);
        return tenants.find(bus, tenant)
                .compose(found ->
                        found.registrations().metadataDocuments() ? isDocuments(key) : Future.succeededFuture(false))
                .compose(counts -> counts ? current(key, address, remoteAddress) : Future.succeededFuture());
    }

    /** Not where the configuration declares it, or an operator disabled it: what a document says counts for nothing then. */
    private Future<Boolean> isDocuments(Key key) {
        return clients.find(bus, key.tenant, key.clientId).map(client -> {
            SelfRegistration registration =
                    client == null ? null : client.client().selfRegistration();
            return client == null
                    || (!client.client().disabled()
                            && registration != null
                            && registration.source() == Source.METADATA_DOCUMENT);
        });
    }

    private Future<Void> current(Key key, URI address, String remoteAddress) {
        Held held = known.getIfPresent(key);
        if (held != null && clock.instant().isBefore(held.until)) {
            return held.answer;
        }
        Future<Document> fetched = bus.ask(new Admit(key.tenant, Source.METADATA_DOCUMENT, null, remoteAddress))
                .compose(admitted -> documents.fetch(address, LARGEST));
        Held next = new Held(fetched.compose(document -> present(key, document)));
        known.put(key, next);
        next.answer.onComplete(
                done -> next.until = clock.instant().plus(life(fetched.result())),
                failure -> failed(key, next, failure));
        return next.answer;
    }

    private Future<Void> present(Key key, Document document) {
        return Future.succeededFuture(document.text())
                .map(text -> ClientDocument.read(key.clientId, text))
                .compose(metadata -> sectors.check(metadata).map(metadata))
                .compose(metadata -> present(key, metadata));
    }

    private Future<Void> present(Key key, JsonObject metadata) {
        return bus.ask(new ClientDrafts.Make(
                        key.tenant, key.clientId, Source.METADATA_DOCUMENT, metadata.encode(), null, null))
                .compose(made -> bus.ask(new Present(made.draft())))
                .map(presented -> {
                    clients.forget(key.tenant, key.clientId);
                    return null;
                });
    }

    private static Duration life(Document document) {
        Duration said = document.life() == null ? USUAL_LIFE : document.life();
        if (said.compareTo(SHORTEST_LIFE) < 0) {
            return SHORTEST_LIFE;
        }
        return said.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : said;
    }

    /** Only what is the document's own fault is remembered: who asks too much takes nothing from others. */
    private void failed(Key key, Held held, Throwable failure) {
        held.until = clock.instant().plus(PAUSE);
        boolean itsFault = failure instanceof OAuthFailure refused && refused.error() instanceof OAuthError.Protocol;
        if (!itsFault) {
            known.asMap().remove(key, held);
        }
    }
}
