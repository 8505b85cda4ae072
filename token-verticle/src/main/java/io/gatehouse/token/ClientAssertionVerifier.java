package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientAssertions;
import io.gatehouse.common.message.ClientAssertions.Verified;
import io.gatehouse.common.message.ClientAssertions.Verify;
import io.gatehouse.common.message.ClientAuthentication;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RegisteredKeys;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the assertions by which clients authenticate (RFC 7523, section 3; OpenID Connect Core, section 9): signed by the
 * client's own key and algorithm, about itself, for this server, now. What it finds it states. For one event loop.
 */
final class ClientAssertionVerifier {
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final int LONGEST_JTI = 256;

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final ClientSecrets secrets;
    private final Attestor attestor;
    private final AuditLog audit;
    private final Clock clock;
    private final KeySetSignatures signatures;

    ClientAssertionVerifier(
            TokenPolicy policy,
            Authorities authorities,
            ClientSecrets secrets,
            WorkerLane workers,
            Attestor attestor,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.secrets = secrets;
        this.signatures = new KeySetSignatures(workers);
        this.attestor = attestor;
        this.audit = audit;
        this.clock = clock;
    }

    /** See {@link Verify}. */
    Future<Verified> verify(Verify request) {
        Client client = authorities.known(request.tenant(), request.client(), clock.instant());
        if (client.disabled() || !client.authMethod().isAssertion()) {
            throw refused(client, "it may not authenticate by one");
        }
        ClientAssertion assertion = ClientAssertion.parse(request.assertion(), reason -> refused(client, reason));
        checkAlgorithm(client, assertion.algorithm());
        return isSigned(client, assertion, request.fetchedKeys()).map(right -> {
            if (!right) {
                throw refused(client, "its signature is not by a key of the client");
            }
            return stated(client, assertion.claims(), request.audiences());
        });
    }

    /** The registration decides, never the assertion alone. */
    private void checkAlgorithm(Client client, String algorithm) {
        RegisteredKeys registered = client.extensions().keys();
        String pinned = registered == null ? null : registered.assertionAlgorithm();
        List<String> allowed = pinned == null ? client.authMethod().assertionAlgorithms() : List.of(pinned);
        if (!allowed.contains(algorithm)
                || !client.extensions().allows(algorithm)
                || !client.authMethod().assertionAlgorithms().contains(algorithm)) {
            throw refused(client, "its algorithm is not the client's");
        }
    }

    private Future<Boolean> isSigned(Client client, ClientAssertion assertion, @Nullable String fetched) {
        if (client.authMethod() == AuthMethod.CLIENT_SECRET_JWT) {
            CompactJws jws = assertion.jws();
            ClientSecretKey key = secrets.find(client);
            return Future.succeededFuture(key != null && key.verifies(jws.signingInput(), jws.signature()));
        }
        String jwks = jwks(client, fetched);
        return jwks == null ? Future.succeededFuture(false) : signatures.isRight(assertion, jwks);
    }

    /** What was fetched counts only for a client that registered where. */
    private static @Nullable String jwks(Client client, @Nullable String fetched) {
        RegisteredKeys registered = client.extensions().keys();
        if (registered == null) {
            return null;
        }
        return registered.jwksUri() == null ? registered.jwks() : fetched;
    }

    /** Nobody has proved to be the client: whoever asks learns nothing about it, but the operator does. */
    private RuntimeException refused(Client client, String reason) {
        audit.refused(client, reason);
        return OAuthError.failure(Code.INVALID_CLIENT, ClientAssertions.REFUSAL);
    }

    /** Who holds the client's key is told why, and so is the operator. */
    private Verified stated(Client client, JsonNode claims, List<String> audiences) {
        try {
            return state(client, claims, audiences);
        } catch (OAuthFailure flaw) {
            audit.refused(client, AuditLog.reason(flaw));
            throw flaw;
        }
    }

    private Verified state(Client client, JsonNode claims, List<String> audiences) {
        Instant now = clock.instant();
        if (!client.clientId().equals(JwtClaims.text(claims, "iss"))
                || !client.clientId().equals(JwtClaims.text(claims, "sub"))) {
            throw ClientAssertion.invalid("its iss and sub are not both the client_id");
        }
        checkAudience(client, JwtClaims.text(claims, "aud"), audiences);
        String jti = JwtClaims.text(claims, "jti");
        if (jti == null || jti.isEmpty() || jti.length() > LONGEST_JTI) {
            throw ClientAssertion.invalid("it has no jti of 1 to " + LONGEST_JTI + " characters");
        }
        AssertionTimes times = AssertionTimes.of(claims, now);
        ClientAuthentication statement =
                new ClientAuthentication(client.tenant(), client.clientId(), client.epoch(), now.plus(LIFE));
        return new Verified(attestor.attest(statement), Digest.of(jti), times.since(), times.until());
    }

    /** One, as a text: for whom else a list holds may be whoever shows it here. The asker can name no other server's. */
    private void checkAudience(Client client, @Nullable String audience, List<String> audiences) {
        String issuer = policy.issuerOf(client.tenant());
        boolean ours = audience != null
                && audiences.contains(audience)
                && (audience.equals(issuer) || audience.startsWith(issuer + "/"));
        if (!ours) {
            throw ClientAssertion.invalid("its aud is not the issuer, as a single text");
        }
    }
}
