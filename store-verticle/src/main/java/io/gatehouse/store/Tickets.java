package io.gatehouse.store;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.AssertionStatement;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.message.Users.Authenticate;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tickets and statements of profiles of what the store knows, and reads the tickets that come back. */
final class Tickets {
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final int NONCE_BYTES = 16;
    /** OpenID Connect Core, section 3.1.2.1. */
    private static final String OPENID = "openid";
    /** RFC 8176. */
    static final List<String> BY_PASSWORD = List.of("pwd");

    /** Not of RFC 8176, which knows no login that somebody else vouches for. */
    private static final List<String> BY_ASSERTION = List.of("jwt_bearer");

    private final Attestor attestor;
    private final GrantTimes times;

    Tickets(Attestor attestor, GrantTimes times) {
        this.attestor = attestor;
        this.times = times;
    }

    Attestation afterLogin(Authenticate request, User user, Client client, Instant now) {
        Instant end = times.end(request.family(), now);
        return attestor.attest(new Ticket(
                client.tenant(),
                client.clientId(),
                user.profile().subject(),
                request.family(),
                request.scope().intersect(client.scope()),
                user.profile().roles(),
                GrantId.expiring(end),
                end,
                user.epoch(),
                client.epoch(),
                null,
                null,
                now,
                BY_PASSWORD,
                client.accessTokenAlgorithm(),
                Entropy.bytes(NONCE_BYTES),
                now.plus(LIFE),
                null,
                null,
                0,
                null,
                client.registration().sector()));
    }

    /** Of a grant that nobody writes: it gives one access token. */
    Attestation afterAssertion(
            AssertionStatement statement, @Nullable RequestedAccess access, User user, Client client, Instant now) {
        Instant end = times.end(TokenFamily.OAUTH, now);
        return attestor.attest(new Ticket(
                client.tenant(),
                client.clientId(),
                user.profile().subject(),
                TokenFamily.OAUTH,
                statement.scope().intersect(client.scope()),
                user.profile().roles(),
                GrantId.expiring(end),
                end,
                user.epoch(),
                client.epoch(),
                null,
                null,
                statement.authTime(),
                BY_ASSERTION,
                client.accessTokenAlgorithm(),
                Entropy.bytes(NONCE_BYTES),
                now.plus(LIFE),
                null,
                null,
                0,
                access,
                client.registration().sector()));
    }

    /** The ceiling is what the code was given for, less what the client may no longer have. */
    Attestation afterCode(CodeResult.Redeemed redeemed, Instant now) {
        AuthorizationCode code = redeemed.code();
        return attestor.attest(new Ticket(
                code.tenant(),
                code.clientId(),
                code.subject(),
                code.family(),
                code.scope().intersect(redeemed.client().scope()),
                redeemed.user().profile().roles(),
                code.grant(),
                code.grantExpiresAt(),
                code.subjectEpoch(),
                code.clientEpoch(),
                code.confirmation(),
                code.sessionId(),
                code.authTime(),
                code.amr(),
                redeemed.client().accessTokenAlgorithm(),
                Entropy.bytes(NONCE_BYTES),
                now.plus(LIFE),
                code.nonce(),
                code.claims(),
                code.consentEpoch(),
                code.access(),
                redeemed.client().registration().sector()));
    }

    /** The ceiling is what was granted, less what the client may no longer have. */
    Attestation afterRefresh(Standing standing, Instant now) {
        Grant grant = standing.grant();
        return attestor.attest(new Ticket(
                grant.tenant(),
                grant.clientId(),
                grant.subject(),
                grant.family(),
                grant.scope().intersect(standing.client().scope()),
                standing.user().profile().roles(),
                grant.id(),
                grant.expiresAt(),
                grant.subjectEpoch(),
                grant.clientEpoch(),
                grant.confirmation(),
                grant.sessionId(),
                grant.authTime(),
                grant.amr(),
                standing.client().accessTokenAlgorithm(),
                Entropy.bytes(NONCE_BYTES),
                now.plus(LIFE),
                null,
                grant.claims(),
                grant.consentEpoch(),
                grant.access(),
                standing.client().registration().sector()));
    }

    /** For an ID token beside what a scope gives: null where that scope gives none. */
    @Nullable
    Attestation profile(User user, Scope scope, Instant now) {
        return scope.contains(OPENID) ? profile(user, now) : null;
    }

    /** To be asked for users only who may log in. */
    Attestation profile(User user, Instant now) {
        return attestor.attest(new ProfileStatement(user.profile(), user.epoch(), now.plus(LIFE)));
    }

    /** Null where it is forged, of another kind, or stale. */
    @Nullable
    Ticket read(Attestation attestation, Instant now) {
        Ticket ticket = attestor.verify(attestation, Ticket.class);
        return ticket != null && now.isBefore(ticket.expiresAt()) ? ticket : null;
    }
}
