package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.ClientJwts;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.LoginName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Checks JWTs by which a client logs users in: signed by the client's own key and algorithm, for itself, now, and naming
 * the user the request names. What it finds it states to the store.
 */
final class ClientJwtVerifier {
    private static final Duration LIFE = Duration.ofSeconds(5);

    /** A JWT that counted at its very end reaches the store while its statement lives, on a clock that may be ahead. */
    private static final Duration MARGIN = LIFE.plusSeconds(5);

    private final Authorities authorities;
    private final ClientKeys keys;
    private final Attestor attestor;
    private final Clock clock;

    ClientJwtVerifier(Authorities authorities, ClientKeys keys, Attestor attestor, Clock clock) {
        this.authorities = authorities;
        this.keys = keys;
        this.attestor = attestor;
        this.clock = clock;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure as {@link ClientJwts.Verify} says */
    ClientJwts.Verified verify(ClientJwts.Verify request) {
        Instant now = clock.instant();
        Client client = authorities.known(request.tenant(), request.client(), now);
        JwtLogin login = client.jwtLogin();
        if (login == null || client.disabled()) {
            throw denied("this client may not log users in by JWT");
        }
        CompactJws jwt = ClientJwt.parse(request.jwt().reveal(), login.algorithm());
        if (!keys.sign(client, login, jwt.signingInput()).equals(jwt.signature())) {
            throw ClientJwt.invalid("its signature is not the client's");
        }
        ClientJwtClaims claims = ClientJwtClaims.parse(jwt.payload(), login.container());
        claims.checkClient(client.clientId());
        ClientJwtTimes times = ClientJwtTimes.of(claims, login.allowUndated(), now);
        LoginName signed = claims.selector(login.selectors());
        LoginName user = user(login, signed, request.selector());
        return new ClientJwts.Verified(attestor.attest(new ClientJwtStatement(
                client.tenant(),
                client.clientId(),
                client.epoch(),
                request.family(),
                user,
                times == null ? null : replay(jwt, claims, user),
                times == null ? null : times.until().plus(MARGIN),
                now,
                now.plus(LIFE),
                times == null || signed != null ? null : Digest.of(jwt.signingInput()),
                times == null ? null : times.since())));
    }

    private static @Nullable LoginName user(JwtLogin login, @Nullable LoginName signed, @Nullable LoginName asked) {
        if (signed != null && asked != null && !signed.folded().equals(asked.folded())) {
            throw ClientJwt.invalid("it names another user than the request");
        }
        if (signed == null && login.requireSignedSelector()) {
            throw denied("this client must name the user inside the JWT");
        }
        LoginName user = signed == null ? asked : signed;
        if (user == null && !login.allowAdministrator()) {
            throw denied("this client must name a user beside the JWT or in it");
        }
        return user;
    }

    /** Not over the whole JWT: another spelling of one signature must not make it a new one. */
    private static Digest replay(CompactJws jwt, ClientJwtClaims claims, @Nullable LoginName user) {
        if (claims.jti() != null) {
            return Digest.of("jti " + claims.jti());
        }
        String selector = user == null ? "" : user.kind() + " " + user.folded().value();
        return Digest.of(jwt.signingInput().plus(Bytes.utf8(" " + selector)));
    }

    private static RuntimeException denied(String description) {
        return OAuthError.failure(Code.ACCESS_DENIED, description);
    }
}
