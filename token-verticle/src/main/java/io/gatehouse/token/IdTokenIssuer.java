package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the ID token beside an access token, for the same client, the same user and the same login. */
final class IdTokenIssuer {
    private final TokenPolicy policy;
    private final Authorities authorities;
    private final TokenKeys keys;
    private final JwsSigner signer;
    private final AuditLog audit;

    IdTokenIssuer(TokenPolicy policy, Authorities authorities, TokenKeys keys, JwsSigner signer, AuditLog audit) {
        this.policy = policy;
        this.authorities = authorities;
        this.keys = keys;
        this.signer = signer;
        this.audit = audit;
    }

    /**
     * Null where none is wanted, or the scope has no openid.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_grant, where client or profile are not those of the ticket
     */
    @Nullable
    IdToken compose(Issuer.Issue request, Entitlement who, AccessToken beside, Instant now) {
        Attestation client = request.client();
        Ticket ticket = who.ticket();
        boolean allowed = beside.scope().contains("openid");
        if (client == null || ticket == null || ticket.family() != TokenFamily.OAUTH || !allowed) {
            return null;
        }
        Client known = client(client, ticket, now);
        KeyBinding.check(known, request.terms());
        return IdToken.of(known, who, ticket, user(request.profile(), ticket, now), beside);
    }

    Future<? extends TokenKey> key(IdToken token) {
        return keys.find(token.client(), token.algorithm());
    }

    /** @return the same answer with the ID token in it */
    Future<Issuer.Issued> beside(Issuer.Issued issued, IdToken token, TokenKey key) {
        byte[] claims = token.claims(policy, AtHash.of(issued.accessToken(), token.algorithm()));
        return signer.sign(key, key.header(TokenType.ID_TOKEN), claims).map(jws -> {
            audit.issued(token, key);
            return new Issuer.Issued(
                    issued.accessToken(),
                    issued.scope(),
                    issued.issuedAt(),
                    issued.expiresAt(),
                    jws,
                    issued.authorizationDetails());
        });
    }

    private Client client(Attestation statement, Ticket ticket, Instant now) {
        Client client = authorities.client(ticket.tenant(), statement, now, Code.INVALID_GRANT);
        if (!client.clientId().equals(ticket.clientId())) {
            throw refused(ticket, "client_of_another_ticket");
        }
        return client;
    }

    private @Nullable UserProfile user(@Nullable Attestation statement, Ticket ticket, Instant now) {
        if (statement == null) {
            return null;
        }
        ProfileStatement user = authorities.profile(ticket.tenant(), statement, now, Code.INVALID_GRANT);
        if (!user.profile().subject().equals(ticket.subject())) {
            throw refused(ticket, "profile_of_another_user");
        }
        return user.profile();
    }

    private RuntimeException refused(Ticket ticket, String reason) {
        audit.refused(ticket.tenant(), reason);
        return OAuthError.failure(Code.INVALID_GRANT, "the grant is another one's: start again from its beginning");
    }
}
