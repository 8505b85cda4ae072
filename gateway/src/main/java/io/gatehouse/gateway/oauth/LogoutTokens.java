package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Logout tokens for clients that wish to hear when a session ends (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
public final class LogoutTokens {
    /**
     * @param client that is told
     * @param uri its backchannel_logout_uri
     * @param jwt compact
     */
    public record LogoutToken(Client client, URI uri, Secret jwt) {}

    private final Bus bus;
    private final ClientDirectory clients;

    public LogoutTokens(Bus bus, Knowledge knowledge) {
        this.bus = bus;
        this.clients = knowledge.clients();
    }

    /**
     * Has one signed, at once: the store's statement counts for a few seconds only.
     *
     * @return null where nobody wishes to hear of it any more: the client is gone, disabled, or without such a URI
     */
    public Future<@Nullable LogoutToken> sign(Logouts.Due logout) {
        return clients.find(bus, logout.tenant(), logout.clientId())
                .compose(known -> known == null || known.client().disabled()
                        ? Future.succeededFuture(null)
                        : sign(logout, known, known.client().registration().backchannelLogoutUri()));
    }

    private Future<@Nullable LogoutToken> sign(Logouts.Due logout, KnownClient client, @Nullable String uri) {
        return uri == null
                ? Future.succeededFuture(null)
                : bus.ask(new IdTokens.SignLogout(logout.tenant(), logout.statement(), client.statement()))
                        .map(signed -> new LogoutToken(client.client(), URI.create(uri), signed.jwt()));
    }
}
