package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Devices.Waiting;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a user says to a device that waits (RFC 8628, section 3.3), without pages. To allow is to write an authorization code under an id
 * that only the device's poll leads to: what holds for such a code holds here.
 */
public final class DeviceDecision {
    private final Bus bus;
    private final ClientDirectory clients;

    DeviceDecision(Bus bus, ClientDirectory clients) {
        this.bus = bus;
        this.clients = clients;
    }

    /** What is to be decided on, and for whom. */
    public record Question(Waiting waiting, Client client) {}

    /** How a decision ended. */
    public enum Outcome {
        DONE,
        /** It was decided before, or has expired, or the session ended. */
        TOO_LATE,
        LOGIN_REQUIRED,
        CLIENT_REFUSED
    }

    /**
     * What waits under a user code; null: nothing, or nothing that may be decided on.
     *
     * @param remoteAddress of the browser
     * @return fails with {@code Throttled} where the user, or the address, was wrong too often
     */
    public Future<@Nullable Question> find(
            String tenant, SessionProof session, UserCode userCode, String remoteAddress) {
        return bus.ask(new Devices.Find(tenant, session, userCode.digest(), remoteAddress))
                .compose(found -> question(tenant, found.request()));
    }

    private Future<@Nullable Question> question(String tenant, @Nullable Waiting waiting) {
        return waiting == null
                ? Future.succeededFuture(null)
                : client(tenant, waiting.clientId())
                        .map(client -> client == null ? null : new Question(waiting, client));
    }

    /** A code that was put before may be this user's or, of two who typed the user code, the other's, who allowed it as well. */
    public Future<Outcome> allow(String tenant, SessionProof session, Waiting waiting) {
        return client(tenant, waiting.clientId())
                .compose(client -> client == null
                        ? Future.succeededFuture(Outcome.CLIENT_REFUSED)
                        : bus.ask(put(client, session, waiting))
                                .compose(putting -> allowed(tenant, session, waiting, putting))
                                .recover(failure -> isThere(failure)
                                        ? decide(tenant, session, waiting, true)
                                        : Future.failedFuture(failure)));
    }

    private Future<Outcome> allowed(String tenant, SessionProof session, Waiting waiting, SessionPutting putting) {
        return switch (putting) {
            case SessionPutting.Stored stored -> decide(tenant, session, waiting, true);
            case SessionPutting.LoginRequired required -> Future.succeededFuture(Outcome.LOGIN_REQUIRED);
            case SessionPutting.ConsentRequired required -> Future.succeededFuture(Outcome.LOGIN_REQUIRED);
            case SessionPutting.ClientRefused refused -> Future.succeededFuture(Outcome.CLIENT_REFUSED);
        };
    }

    public Future<Outcome> deny(String tenant, SessionProof session, Waiting waiting) {
        return decide(tenant, session, waiting, false);
    }

    private Future<Outcome> decide(String tenant, SessionProof session, Waiting waiting, boolean allowed) {
        return bus.ask(new Devices.Decide(tenant, session, waiting.device(), allowed))
                .map(decided -> decided.done() ? Outcome.DONE : Outcome.TOO_LATE);
    }

    private static Codes.PutBySession put(Client client, SessionProof session, Waiting waiting) {
        return new Codes.PutBySession(
                client.tenant(),
                session,
                client.clientId(),
                TokenFamily.OAUTH,
                waiting.scope(),
                Consenting.GIVEN,
                null,
                null,
                client.registration().backchannelLogoutUri() != null,
                null,
                null,
                null,
                null,
                waiting.device().ofDevice(),
                waiting.expiresAt(),
                null,
                waiting.access(),
                0);
    }

    /** Asked for each time: it may have been changed since the device began. */
    private Future<@Nullable Client> client(String tenant, String clientId) {
        return clients.find(bus, tenant, clientId)
                .map(known -> known == null
                                || known.client().disabled()
                                || !known.client().mayUse(Devices.GRANT_TYPE)
                        ? null
                        : known.client());
    }

    private static boolean isThere(Throwable failure) {
        return failure instanceof OAuthFailure known && known.error() instanceof OAuthError.Conflict;
    }
}
