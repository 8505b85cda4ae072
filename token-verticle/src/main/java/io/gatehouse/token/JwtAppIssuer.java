package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.model.JwtApp;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;

/** The way of a JWT for an app: check the authority, compose the claims, find the key, sign, write the audit line. */
final class JwtAppIssuer {
    private static final int MAX_NONCE = 255;

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final JwtAppProofs proofs;
    private final JwtAppKeys keys;
    private final JwsSigner signer;
    private final AuditLog audit;
    private final Clock clock;

    JwtAppIssuer(
            TokenPolicy policy,
            Authorities authorities,
            JwtAppProofs proofs,
            JwtAppKeys keys,
            JwsSigner signer,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.proofs = proofs;
        this.keys = keys;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    Future<JwtAppTokens.Issued> issue(JwtAppTokens.Issue request) {
        if (request.nonce() != null && request.nonce().length() > MAX_NONCE) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "nonce is longer than " + MAX_NONCE + " characters");
        }
        Instant now = clock.instant();
        JwtApp app = authorities.app(request.tenant(), request.app(), now);
        ProfileStatement user = authorities.profile(request.tenant(), request.profile(), now, Code.INVALID_TOKEN);
        return proofs.check(request.tenant(), request.proof(), now)
                .map(presence -> {
                    checkSame(app.tenant(), user, presence);
                    return JwtAppClaims.of(app, user.profile(), request.nonce(), presence.end(), now);
                })
                .compose(this::signed);
    }

    Future<JwtAppTokens.PublicKeys> keys(JwtAppTokens.Keys request) {
        JwtApp app = authorities.app(request.tenant(), request.app(), clock.instant());
        return keys.find(app).map(key -> new JwtAppTokens.PublicKeys(key.publicJwks()));
    }

    private Future<JwtAppTokens.Issued> signed(JwtAppClaims claims) {
        return keys.find(claims.app())
                .compose(key -> signer.sign(key, key.header(), claims.json(policy)))
                .map(jwt -> {
                    audit.issued(claims);
                    return new JwtAppTokens.Issued(jwt, claims.expiresAt());
                });
    }

    private void checkSame(String tenant, ProfileStatement user, Presence presence) {
        if (!user.profile().subject().equals(presence.subject())) {
            audit.refused(tenant, "profile_of_another_user");
            throw OAuthError.failure(Code.INVALID_TOKEN, "the login is another user's");
        }
        if (presence.epoch() < user.epoch()) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the login was ended meanwhile: log in again");
        }
    }
}
