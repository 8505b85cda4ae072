package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests of clients to log somebody out (OpenID Connect RP-Initiated Logout 1.0, section 2). Ending the session is a
 * matter of {@link BrowserSessions}.
 */
public final class EndSession {
    private static final int LONGEST_HINT = 8_000;

    /** What a client asks for. */
    public sealed interface Request {}

    /**
     * One that may be followed.
     *
     * @param client who asks; null: it does not say
     * @param hint whom it means; null: it does not say
     * @param redirectUri one that the client registered for this; null: nowhere
     */
    public record Good(
            @Nullable Client client,
            IdTokens.@Nullable Hint hint,
            @Nullable String redirectUri) implements Request {
        /**
         * Whether it means just this session, so that nobody need be asked: a client knows many a user's subject, but not the
         * id of a session that it was given nothing in.
         */
        public boolean means(Sessions.Current session) {
            return hint != null && session.sid().equals(hint.sid());
        }
    }

    /** One that must not be followed: nobody is logged out or sent anywhere. */
    public record Bad(Flaw flaw) implements Request {}

    /** What is wrong with a request. */
    public enum Flaw {
        UNKNOWN_CLIENT,
        HINT,
        REDIRECT_URI
    }

    private final Bus bus;
    private final ClientDirectory clients;

    EndSession(Bus bus, ClientDirectory clients) {
        this.bus = bus;
        this.clients = clients;
    }

    /** Reads {@code id_token_hint}, {@code client_id} and {@code post_logout_redirect_uri}. */
    public Future<Request> read(String tenant, Parameters parameters) {
        String clientId = parameters.get("client_id");
        String hint = parameters.get("id_token_hint");
        String redirectUri = parameters.get("post_logout_redirect_uri");
        return clientId == null
                ? hinted(tenant, hint, null).compose(read -> byHint(tenant, hint, read, redirectUri))
                : find(tenant, clientId)
                        .compose(known -> known == null
                                ? Future.succeededFuture(new Bad(Flaw.UNKNOWN_CLIENT))
                                : hinted(tenant, hint, known).map(read -> checked(known, hint, read, redirectUri)));
    }

    /** The hint alone tells who asks. */
    private Future<Request> byHint(
            String tenant, @Nullable String hint, IdTokens.@Nullable Hint read, @Nullable String redirectUri) {
        return read == null
                ? Future.succeededFuture(checked(null, hint, null, redirectUri))
                : find(tenant, read.clientId())
                        .compose(known -> known == null
                                ? Future.succeededFuture(new Bad(Flaw.UNKNOWN_CLIENT))
                                : renamed(tenant, hint, known, read)
                                        .map(hinted -> checked(known, hint, hinted, redirectUri)));
    }

    /** A hint with names that only this client knows tells who is meant once the client is known. */
    private Future<IdTokens.@Nullable Hint> renamed(
            String tenant, @Nullable String hint, KnownClient known, IdTokens.Hint read) {
        return known.client().registration().sector() == null
                ? Future.succeededFuture(read)
                : hinted(tenant, hint, known);
    }

    private static Request checked(
            @Nullable KnownClient known,
            @Nullable String hint,
            IdTokens.@Nullable Hint read,
            @Nullable String redirectUri) {
        Client client = known == null ? null : known.client();
        if (hint != null && (read == null || client == null || !read.clientId().equals(client.clientId()))) {
            return new Bad(Flaw.HINT);
        }
        if (redirectUri != null && (client == null || !isRegistered(client, redirectUri))) {
            return new Bad(Flaw.REDIRECT_URI);
        }
        return new Good(client, read, redirectUri);
    }

    /** Letter by letter (section 3.1): nothing about it is taken apart. */
    private static boolean isRegistered(Client client, String redirectUri) {
        return client.registration().postLogoutRedirectUris().contains(redirectUri);
    }

    /** Null where there is none that could ask for anything. */
    private Future<@Nullable KnownClient> find(String tenant, String clientId) {
        return clients.find(bus, tenant, clientId)
                .map(known -> known == null || known.client().disabled() ? null : known);
    }

    /** @param known whose secret may be the key of the hint; null: the hint itself is to tell */
    private Future<IdTokens.@Nullable Hint> hinted(String tenant, @Nullable String hint, @Nullable KnownClient known) {
        return hint == null || hint.length() > LONGEST_HINT
                ? Future.succeededFuture(null)
                : bus.ask(new IdTokens.ReadHint(tenant, Secret.of(hint), known == null ? null : known.statement()))
                        .map(IdTokens.HintRead::hint);
    }
}
