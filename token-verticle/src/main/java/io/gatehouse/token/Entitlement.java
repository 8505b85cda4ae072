package io.gatehouse.token;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import org.jspecify.annotations.Nullable;

/**
 * What a verified authority allows.
 *
 * @param ceiling a token may have less scope, never more
 * @param sub what the client is told of the subject
 * @param sid what the client is told of the session; null: there is none
 * @param algorithm null: as the policy says
 * @param ticket null: the client acts for itself
 * @param confirmation the key that a token must be bound to; null: none
 * @param access services that it is for, none: the default audience; and authorization details
 */
record Entitlement(
        String tenant,
        String clientId,
        String subject,
        TokenFamily family,
        Scope ceiling,
        long clientEpoch,
        @Nullable SigningAlgorithm algorithm,
        @Nullable Ticket ticket,
        String sub,
        @Nullable String sid,
        @Nullable String confirmation,
        RequestedAccess access) {
    static Entitlement of(Ticket ticket, @Nullable String confirmation, RequestedAccess access) {
        return new Entitlement(
                ticket.tenant(),
                ticket.clientId(),
                ticket.subject(),
                ticket.family(),
                ticket.scope(),
                ticket.clientEpoch(),
                ticket.accessTokenAlgorithm(),
                ticket,
                ticket.subject(),
                ticket.sessionId(),
                confirmation,
                access);
    }

    /** RFC 9068, section 5: the subject of a client that acts for itself is the client. */
    static Entitlement of(Client client, @Nullable String confirmation, RequestedAccess access) {
        return new Entitlement(
                client.tenant(),
                client.clientId(),
                client.clientId(),
                TokenFamily.OAUTH,
                client.scope(),
                client.epoch(),
                client.accessTokenAlgorithm(),
                null,
                client.clientId(),
                null,
                confirmation,
                access);
    }

    /** The sector of a client that is told other names of its users; null: it is told the store's. */
    @Nullable
    String sector() {
        return ticket == null ? null : ticket.sector();
    }

    /** The same, where the client is told of it by other names; only {@code sub} and {@code sid} follow them. */
    Entitlement told(Naming naming) {
        String told = sid == null ? null : naming.sid(sid);
        return new Entitlement(
                tenant,
                clientId,
                subject,
                family,
                ceiling,
                clientEpoch,
                algorithm,
                ticket,
                naming.sub(sub),
                told,
                confirmation,
                access);
    }
}
