package io.gatehouse.token;

import io.gatehouse.common.details.AuthorizationDetails;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/** The way of a token: check the authority, compose the claims, find the key, sign, write the audit line. */
final class TokenIssuer {
    private final TokenPolicy policy;
    private final Authorities authorities;
    private final KeyRing ring;
    private final Namings namings;
    private final TokenUsers users;
    private final JwsSigner signer;
    private final IdTokenIssuer idTokens;
    private final AuditLog audit;
    private final Clock clock;

    TokenIssuer(
            TokenPolicy policy,
            Authorities authorities,
            KeyRing ring,
            Namings namings,
            TokenUsers users,
            JwsSigner signer,
            IdTokenIssuer idTokens,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.ring = ring;
        this.namings = namings;
        this.users = users;
        this.signer = signer;
        this.idTokens = idTokens;
        this.audit = audit;
        this.clock = clock;
    }

    Future<Issuer.Issued> issue(Issuer.Issue request) {
        Instant now = clock.instant();
        Entitlement who = authorities.check(request, now);
        return namings.of(who.tenant(), who.sector()).compose(naming -> issue(request, who.told(naming), now));
    }

    private Future<Issuer.Issued> issue(Issuer.Issue request, Entitlement who, Instant now) {
        AccessToken token = AccessToken.of(policy, who, request.scope(), now);
        IdToken idToken = idTokens.compose(request, who, token, now);
        return idToken == null
                ? issued(who, token)
                // Its key first: without it nothing is issued, and no line says so.
                : idTokens.key(idToken)
                        .compose(key -> issued(who, token).compose(issued -> idTokens.beside(issued, idToken, key)));
    }

    private Future<Issuer.Issued> issued(Entitlement who, AccessToken token) {
        SigningAlgorithm algorithm = Objects.requireNonNullElse(who.algorithm(), policy.algorithm());
        return ring.signingKey(who.tenant(), algorithm).compose(key -> signed(who, token, key));
    }

    private Future<Issuer.Issued> signed(Entitlement who, AccessToken token, SigningKey key) {
        byte[] claims = token.claims(policy, who, users.sealed(who, token));
        return signer.sign(key, key.header(TokenType.ACCESS_TOKEN), claims).map(jws -> {
            String details = who.access().authorizationDetails();
            if (details != null && jws.reveal().length() > CompactJws.MAX_LENGTH) {
                throw AuthorizationDetails.refused(
                        "makes the access token too long for a header: ask for less at once");
            }
            audit.issued(who, token, key);
            return new Issuer.Issued(jws, token.scope(), token.issuedAt(), token.expiresAt(), null, details);
        });
    }
}
