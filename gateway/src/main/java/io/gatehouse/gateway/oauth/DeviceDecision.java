package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Devices.Waiting;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a user says to a device that waits (RFC 8628, section 3.3), without pages. To allow is to write an authorization code
 * under an id that only the device's poll leads to: what holds for such a code holds here.
 */
public final class DeviceDecision {
    private final Bus bus;
    private final ClientDirectory clients;

    DeviceDecision(Bus bus, ClientDirectory clients) {
        this.bus = bus;
        this.clients = clients;
    }

    /**
     * What is to be decided on, for whom, and by whom.
     *
     * @param sid of the session that is asked
     * @param consentEpoch generation of the consent that the answer counts in; 0: an older store does not say
     */
    public record Question(Waiting waiting, Client client, String sid, UserProfile user, long consentEpoch) {}

    /** How a decision ended. */
    public enum Outcome {
        DONE,
        /** It was decided before, or has expired, or the session ended. */
        TOO_LATE,
        /** The user withdrew the consent since the question, and must be asked again. */
        CONSENT_REQUIRED,
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
                .compose(found -> found.request() == null
                        ? Future.succeededFuture(null)
                        : question(tenant, session, found.request()));
    }

    /** The question as it is now; null: there is nothing that may be decided on. */
    public Future<@Nullable Question> question(String tenant, SessionProof session, Waiting waiting) {
        return client(tenant, waiting.clientId())
                .compose(client -> client == null
                        ? Future.succeededFuture(null)
                        : bus.ask(put(client, session, waiting, Consenting.TO_BE_ASKED, 0))
                                .map(putting -> question(waiting, client, putting)));
    }

    private static @Nullable Question question(Waiting waiting, Client client, SessionPutting putting) {
        return putting instanceof SessionPutting.ConsentRequired asked
                ? new Question(waiting, client, asked.sid(), asked.user(), asked.consentEpoch())
                : null;
    }

    /**
     * The user allowed it. A code that was put before may be this user's or, of two who typed the user code, the other's, who
     * allowed it as well.
     *
     * @param consentEpoch as {@link Question} said it
     */
    public Future<Outcome> allow(String tenant, SessionProof session, Waiting waiting, long consentEpoch) {
        return client(tenant, waiting.clientId())
                .compose(client -> client == null
                        ? Future.succeededFuture(Outcome.CLIENT_REFUSED)
                        : bus.ask(put(client, session, waiting, given(client), consentEpoch))
                                .compose(putting -> allowed(tenant, session, waiting, putting))
                                .recover(failure -> Refusals.isConflict(failure)
                                        ? decide(tenant, session, waiting, true)
                                        : Future.failedFuture(failure)));
    }

    private Future<Outcome> allowed(String tenant, SessionProof session, Waiting waiting, SessionPutting putting) {
        return switch (putting) {
            case SessionPutting.Stored stored -> decide(tenant, session, waiting, true);
            case SessionPutting.LoginRequired required -> Future.succeededFuture(Outcome.LOGIN_REQUIRED);
            case SessionPutting.ConsentRequired required -> Future.succeededFuture(Outcome.CONSENT_REQUIRED);
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

    /** Nobody knows which public client it was: what a device was allowed covers no later request. */
    private static Consenting given(Client client) {
        return client.isPublic() ? Consenting.GIVEN_ONCE : Consenting.GIVEN;
    }

    private static Codes.PutBySession put(
            Client client, SessionProof session, Waiting waiting, Consenting consenting, long consentEpoch) {
        return new Codes.PutBySession(
                client.tenant(),
                session,
                client.clientId(),
                TokenFamily.OAUTH,
                waiting.scope(),
                consenting,
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
                consentEpoch);
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
}
