package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.AssertionGrants;
import io.gatehouse.common.message.AssertionGrants.Verification;
import io.gatehouse.common.message.AssertionGrants.Verify;
import io.gatehouse.common.message.AssertionStatement;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.token.TrustedIssuers.TrustedIssuer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks the assertions by which users are logged in (RFC 7523, section 3): signed by a key and algorithm of an issuer that the
 * tenant trusts for this client, for this server, now. What it finds it states to the store. For one event loop.
 */
final class GrantAssertionVerifier {
    private static final Duration LIFE = Duration.ofSeconds(5);

    /** What a user must give in person: these open account pages, or outlive the visit. */
    private static final Scope IN_PERSON = new Scope(List.of("openid", "offline_access"));

    /** @param issuer null: it names none that is trusted, whatever its keys */
    private record Read(
            ClientAssertion jwt,
            GrantAssertion assertion,
            @Nullable TrustedIssuer issuer) {}

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final TrustedIssuers issuers;
    private final Attestor attestor;
    private final AuditLog audit;
    private final Clock clock;
    private final KeySetSignatures signatures;

    GrantAssertionVerifier(
            TokenPolicy policy,
            Authorities authorities,
            TrustedIssuers issuers,
            WorkerLane workers,
            Attestor attestor,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.issuers = issuers;
        this.signatures = new KeySetSignatures(workers);
        this.attestor = attestor;
        this.audit = audit;
        this.clock = clock;
    }

    /** See {@link Verify}. */
    Future<Verification> verify(Verify request) {
        Client client = authorities.known(request.tenant(), request.client(), clock.instant());
        if (client.disabled() || !client.mayUse(AssertionGrants.GRANT_TYPE)) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT,
                    "this client is not registered for grant_type " + AssertionGrants.GRANT_TYPE);
        }
        Read read = read(client, request);
        TrustedIssuer issuer = read.issuer;
        if (issuer == null || !issuer.clients().contains(client.clientId())) {
            throw refused(client, "nobody whom it may show assertions of has made it");
        }
        if (!issuer.algorithms().contains(read.jwt.algorithm())) {
            throw refused(client, "its algorithm is not the issuer's");
        }
        String jwks = issuer.jwksUri() == null ? issuer.jwks() : request.fetchedKeys();
        if (jwks == null) {
            return Future.succeededFuture(
                    new Verification.KeysWanted(Objects.requireNonNull(issuer.jwksUri()), read.jwt.kid()));
        }
        return signatures.isRight(read.jwt, jwks).map(right -> {
            if (!right) {
                throw refused(client, "its signature is not by a key of the issuer");
            }
            return new Verification.Verified(attestor.attest(stated(client, read.assertion, issuer)));
        });
    }

    private Read read(Client client, Verify request) {
        ClientAssertion jwt =
                ClientAssertion.parse(request.assertion(), GrantAssertion.TYPES, reason -> refused(client, reason));
        JsonNode claims = StrictJson.object(jwt.jws().payload());
        String named = claims == null ? null : JwtClaims.text(claims, "iss");
        if (claims == null || named == null) {
            throw refused(client, "its payload is no JSON object with iss");
        }
        return new Read(jwt, new GrantAssertion(jwt.jws(), claims), issuers.find(client.tenant(), named));
    }

    /** Who holds what the issuer signed is told why, and so is the operator. */
    private AssertionStatement stated(Client client, GrantAssertion assertion, TrustedIssuer issuer) {
        try {
            return statement(client, assertion, issuer);
        } catch (OAuthFailure flaw) {
            audit.refusedGrant(client, AuditLog.reason(flaw));
            throw flaw;
        }
    }

    private AssertionStatement statement(Client client, GrantAssertion assertion, TrustedIssuer issuer) {
        Instant now = clock.instant();
        assertion.checkAudience(policy.issuerOf(client.tenant()));
        assertion.checkClient(client);
        AssertionTimes times = AssertionTimes.of(assertion.claims(), now, issuer.maxLife(), GrantAssertion::invalid);
        String subject = assertion.subject();
        Scope scope = client.scope().without(IN_PERSON);
        return new AssertionStatement(
                client.tenant(),
                client.clientId(),
                client.epoch(),
                issuer.named() == null ? null : new LoginName(issuer.named(), subject),
                issuer.named() == null ? subject : null,
                issuer.scope() == null ? scope : scope.intersect(issuer.scope()),
                Digest.of(issuer.issuer()).value().base64Url(),
                assertion.replay(),
                times.since(),
                times.until(),
                now,
                now.plus(LIFE));
    }

    /** Nobody has proved to be the issuer: whoever asks learns nothing about it, but the operator does. */
    private RuntimeException refused(Client client, String reason) {
        audit.refusedGrant(client, reason);
        return OAuthError.failure(Code.INVALID_GRANT, AssertionGrants.REFUSAL);
    }
}
