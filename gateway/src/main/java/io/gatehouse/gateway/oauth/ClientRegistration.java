package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.ClientDrafts;
import io.gatehouse.common.message.ClientDrafts.Made;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Registrations.Admit;
import io.gatehouse.common.message.Registrations.Delete;
import io.gatehouse.common.message.Registrations.Read;
import io.gatehouse.common.message.Registrations.Register;
import io.gatehouse.common.message.Registrations.Replace;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clients that register (RFC 7591) and manage what they registered (RFC 7592). The token role makes a client of what it tells,
 * the store decides whether it may have it; here is fetched what only a gateway may fetch.
 */
public final class ClientRegistration {
    private static final int TOKEN_BYTES = 32;

    /** RFC 7592, section 2.2: what a client must not send back. */
    private static final List<String> OURS = List.of(
            "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at");

    private final Bus bus;
    private final TenantDirectory tenants;
    private final RevocationList revocations;
    private final SoftwareStatements statements;
    private final SectorDocuments sectors;

    public ClientRegistration(Vertx vertx, Bus bus, Knowledge knowledge, ClientDocuments documents, Clock clock) {
        this.bus = bus;
        this.tenants = knowledge.tenants();
        this.revocations = knowledge.revocations();
        this.statements = new SoftwareStatements(vertx, clock);
        this.sectors = new SectorDocuments(documents);
    }

    /**
     * What a client is told of itself.
     *
     * @param accessToken its registration access token
     * @param secret that it has got just now; null: none
     */
    public record Information(
            Client client, Secret accessToken, @Nullable Secret secret) {}

    /**
     * Registers a client.
     *
     * @param initialAccessToken null: none is shown
     * @param remoteAddress that the request came from
     * @return fails with what is wrong, or who may not, and with {@code Throttled}
     */
    public Future<Information> register(
            String tenant, @Nullable Secret initialAccessToken, JsonObject metadata, String remoteAddress) {
        Digest shown = initialAccessToken == null ? null : initialAccessToken.digest();
        Secret accessToken = Secret.of(Entropy.bytes(TOKEN_BYTES).base64Url());
        return bus.ask(new Admit(tenant, Source.REGISTRATION, shown, remoteAddress))
                .compose(admitted -> stated(tenant, metadata))
                .compose(stated -> make(tenant, stated, null, null)
                        .compose(made -> bus.ask(
                                        new Register(made.draft(), shown, accessToken.digest(), stated.vouched()))
                                .map(registered -> new Information(registered.client(), accessToken, made.secret()))));
    }

    /** What is registered. Fails with invalid_token where there is no such client or the token is not its own. */
    public Future<Information> read(String tenant, String clientId, Secret accessToken) {
        return own(tenant, clientId, accessToken)
                .map(statement -> new Information(client(statement), accessToken, null));
    }

    /** Registers it anew, whole: what the request leaves out is gone. Fails as {@link #register} and {@link #read} do. */
    public Future<Information> replace(String tenant, String clientId, Secret accessToken, JsonObject metadata) {
        return own(tenant, clientId, accessToken).compose(statement -> {
            checkSentBack(clientId, metadata);
            Secret shown = metadata.getValue("client_secret") instanceof String text ? Secret.of(text) : null;
            return stated(tenant, metadata)
                    .compose(stated -> make(tenant, stated, statement, shown)
                            .compose(made -> bus.ask(new Replace(made.draft(), accessToken.digest(), stated.vouched()))
                                    .map(replaced -> new Information(replaced.client(), accessToken, made.secret()))));
        });
    }

    /** Ends it, with all that it was given. */
    public Future<Void> delete(String tenant, String clientId, Secret accessToken) {
        return bus.ask(new Delete(tenant, clientId, accessToken.digest())).map(deleted -> {
            revocations.add(deleted.denials());
            return null;
        });
    }

    private Future<Attestation> own(String tenant, String clientId, Secret accessToken) {
        return bus.ask(new Read(tenant, clientId, accessToken.digest())).map(found -> {
            Attestation statement = found.client();
            if (statement == null) {
                throw OAuthError.failure(Code.INVALID_TOKEN, "the registration access token is not this client's");
            }
            return statement;
        });
    }

    private static Client client(Attestation statement) {
        return statement.read(ClientStatement.class).client();
    }

    private static void checkSentBack(String clientId, JsonObject metadata) {
        if (!clientId.equals(metadata.getValue("client_id"))) {
            throw OAuthError.failure(
                    Code.INVALID_CLIENT_METADATA, "client_id must be in the metadata, as it stands in the URL");
        }
        for (String name : OURS) {
            if (metadata.containsKey(name)) {
                throw OAuthError.failure(
                        Code.INVALID_CLIENT_METADATA, name + " is not for clients to say: leave it out");
            }
        }
    }

    private Future<SoftwareStatements.Stated> stated(String tenant, JsonObject metadata) {
        return tenants.find(bus, tenant)
                .compose(found -> statements.apply(metadata, found.registrations()))
                .compose(stated -> sectors.check(stated.metadata()).map(stated));
    }

    private Future<Made> make(
            String tenant, SoftwareStatements.Stated stated, @Nullable Attestation existing, @Nullable Secret shown) {
        return bus.ask(new ClientDrafts.Make(
                tenant, null, Source.REGISTRATION, stated.metadata().encode(), existing, shown));
    }
}
