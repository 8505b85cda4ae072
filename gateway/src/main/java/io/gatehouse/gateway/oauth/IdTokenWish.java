package io.gatehouse.gateway.oauth;

import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.Issuer.Issue;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.TokenTerms;
import org.jspecify.annotations.Nullable;

/** Whether an ID token is wanted beside an access token (OpenID Connect Core, sections 3.1.3.3 and 12.2). */
final class IdTokenWish {
    private static final String OPENID = "openid";

    private IdTokenWish() {}

    /**
     * What to ask the token role for.
     *
     * @param attested the ticket
     * @param client a {@link io.gatehouse.common.message.ClientStatement}; null: its API knows no ID tokens
     * @param profile a {@link io.gatehouse.common.message.ProfileStatement}; null where the grant gives no ID token
     * @param terms of the access token; null: those of the ticket
     */
    static Issue issue(
            Attestation attested,
            Ticket ticket,
            Scope scope,
            @Nullable Attestation client,
            @Nullable Attestation profile,
            @Nullable TokenTerms terms) {
        boolean wanted = client != null && ticket.family() == TokenFamily.OAUTH && scope.contains(OPENID);
        ByTicket authority = new ByTicket(attested);
        return wanted
                ? new Issue(ticket.tenant(), authority, scope, client, profile, terms)
                : new Issue(ticket.tenant(), authority, scope, null, null, terms);
    }
}
