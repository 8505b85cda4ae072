package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens.SignLogout;
import io.gatehouse.common.message.IdTokens.Signed;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;

/** Signs logout tokens, by the algorithm of the client's ID tokens. */
final class LogoutSigner {
    private final TokenPolicy policy;
    private final Authorities authorities;
    private final TokenKeys keys;
    private final Namings namings;
    private final JwsSigner signer;
    private final AuditLog audit;
    private final Clock clock;

    LogoutSigner(
            TokenPolicy policy,
            Authorities authorities,
            TokenKeys keys,
            Namings namings,
            JwsSigner signer,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.keys = keys;
        this.namings = namings;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return fails with invalid_request where nobody who may know says that the session ended */
    Future<Signed> sign(SignLogout request) {
        Instant now = clock.instant();
        LogoutStatement ended = authorities.logout(request.tenant(), request.logout(), now);
        Client client = authorities.client(request.tenant(), request.client(), now, Code.INVALID_REQUEST);
        if (!ended.clientId().equals(client.clientId())) {
            audit.refused(request.tenant(), "client_of_another_logout");
            throw OAuthError.failure(Code.INVALID_REQUEST, "the logout is for another client");
        }
        return namings.of(client)
                .map(naming -> LogoutToken.of(client, ended, naming, now))
                .compose(token -> keys.find(client, client.registration().idTokenAlgorithm())
                        .compose(key -> signed(token, key)));
    }

    private Future<Signed> signed(LogoutToken token, TokenKey key) {
        return signer.sign(key, key.header(TokenType.LOGOUT_TOKEN), token.claims(policy))
                .map(jws -> {
                    audit.issued(token, key);
                    return new Signed(jws);
                });
    }
}
