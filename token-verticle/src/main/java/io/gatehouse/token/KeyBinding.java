package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.Confirmation.Kind;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenTerms;
import org.jspecify.annotations.Nullable;

/**
 * To which key or certificate a token is bound (RFC 9449; RFC 8705): the one that was proved, where nothing demands another. A
 * client is bound by what it registered, never by both.
 */
final class KeyBinding {
    private KeyBinding() {}

    /**
     * Null: to none.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_grant, where what the ticket rests on is bound to another key
     */
    static @Nullable String of(Ticket ticket, @Nullable TokenTerms terms) {
        String proved = proved(terms);
        if (ticket.confirmation() != null && !ticket.confirmation().equals(proved)) {
            throw OAuthError.failure(
                    Code.INVALID_GRANT,
                    "the grant is bound to a key or a certificate: prove the same one, by a DPoP proof or the TLS connection");
        }
        return proved;
    }

    /**
     * Null: to none.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_dpop_proof or invalid_request, where the client gets bound tokens
     *     only
     */
    static @Nullable String of(Client client, @Nullable TokenTerms terms) {
        check(client, terms);
        return proved(terms);
    }

    /**
     * @throws io.gatehouse.common.error.OAuthFailure invalid_dpop_proof or invalid_request, where the client gets bound tokens
     *     only
     */
    static void check(Client client, @Nullable TokenTerms terms) {
        Kind proved = kind(terms);
        if (proved != Kind.KEY && client.extensions().demandsKeyBoundTokens()) {
            throw OAuthError.failure(
                    Code.INVALID_DPOP_PROOF, "this client gets only tokens that are bound to a key: send a DPoP proof");
        }
        if (proved != Kind.CERTIFICATE && client.extensions().demandsCertificateBoundTokens()) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST,
                    "this client gets only tokens that are bound to its certificate: show it in the TLS handshake");
        }
    }

    private static @Nullable Kind kind(@Nullable TokenTerms terms) {
        String proved = proved(terms);
        return proved == null ? null : Confirmation.parse(proved).kind();
    }

    private static @Nullable String proved(@Nullable TokenTerms terms) {
        return terms == null ? null : terms.confirmation();
    }
}
