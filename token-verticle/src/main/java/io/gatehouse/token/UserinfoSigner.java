package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens.SignUserinfo;
import io.gatehouse.common.message.IdTokens.Signed;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.StandardClaims;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Signs what an access token lets its client know about the user (OpenID Connect Core, section 5.3.2). */
final class UserinfoSigner {
    private static final Set<TokenFamily> ANY = EnumSet.allOf(TokenFamily.class);

    /** Of a login by a JWT of the client's own, at which the user was not. */
    private static final String BY_CLIENT = "jwt_login";

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final AccessTokenVerifier accessTokens;
    private final TokenKeys keys;
    private final JwsSigner signer;
    private final AuditLog audit;
    private final Clock clock;

    UserinfoSigner(
            TokenPolicy policy,
            Authorities authorities,
            AccessTokenVerifier accessTokens,
            TokenKeys keys,
            JwsSigner signer,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.accessTokens = accessTokens;
        this.keys = keys;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return fails with invalid_token or insufficient_scope where the access token does not let it be told */
    Future<Signed> sign(SignUserinfo request) {
        Instant now = clock.instant();
        String tenant = request.tenant();
        ProfileStatement user = authorities.profile(tenant, request.profile(), now, Code.INVALID_TOKEN);
        Client client = authorities.client(tenant, request.client(), now, Code.INVALID_TOKEN);
        return accessTokens
                .verify(tenant, request.accessToken(), ANY, request.confirmation(), now)
                .compose(token -> {
                    check(token, user, client);
                    return signed(client, claims(token, user.profile(), client));
                });
    }

    private Future<Signed> signed(Client client, byte[] claims) {
        IdTokenAlgorithm algorithm = client.registration().userinfoAlgorithm();
        if (algorithm == null) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "the client has not registered for signed userinfo");
        }
        return keys.find(client, algorithm)
                .compose(key -> signer.sign(key, key.header(TokenType.USERINFO), claims))
                .map(Signed::new);
    }

    private byte[] claims(UserToken token, UserProfile user, Client client) {
        Set<String> names = StandardClaims.namesOf(token.scope());
        names.addAll(UserClaims.standard(token.claims()));
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", policy.issuerOf(user.tenant()));
            json.writeStringField("sub", token.sub());
            json.writeStringField("aud", client.clientId());
            ClaimsJson.all(json, StandardClaims.of(user, names));
        });
    }

    private void check(UserToken token, ProfileStatement user, Client client) {
        String tenant = client.tenant();
        if (!token.user().subject().equals(user.profile().subject())) {
            throw refused(tenant, "profile_of_another_user", "the access token is another user's");
        }
        if (!token.clientId().equals(client.clientId())) {
            throw refused(tenant, "client_of_another_token", "the access token is another client's");
        }
        if (token.user().epoch() < user.epoch()) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the login was ended meanwhile: log in again");
        }
        if (token.amr().contains(BY_CLIENT)) {
            throw OAuthError.failure(
                    Code.INVALID_TOKEN, "the client logged the user in itself: it learns nothing here");
        }
        if (!token.scope().contains("openid")) {
            throw OAuthError.failure(Code.INSUFFICIENT_SCOPE, "the access token has no scope openid: ask for it");
        }
    }

    private RuntimeException refused(String tenant, String reason, String description) {
        audit.refused(tenant, reason);
        return OAuthError.failure(Code.INVALID_TOKEN, description);
    }
}
