package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenTerms;
import org.jspecify.annotations.Nullable;

/** To which key a token is bound (RFC 9449): the one that was proved, where nothing demands another. */
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
                    Code.INVALID_GRANT, "the grant is bound to a key: prove the same one by a DPoP proof");
        }
        return proved;
    }

    /**
     * Null: to none.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_dpop_proof, where the client gets bound tokens only
     */
    static @Nullable String of(Client client, @Nullable TokenTerms terms) {
        check(client, terms);
        return proved(terms);
    }

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_dpop_proof, where the client gets bound tokens only */
    static void check(Client client, @Nullable TokenTerms terms) {
        if (proved(terms) == null && client.extensions().demandsBoundTokens()) {
            throw OAuthError.failure(
                    Code.INVALID_DPOP_PROOF, "this client gets only tokens that are bound to a key: send a DPoP proof");
        }
    }

    private static @Nullable String proved(@Nullable TokenTerms terms) {
        return terms == null ? null : terms.confirmation();
    }
}
