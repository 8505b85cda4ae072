package io.gatehouse.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByClientSecret;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Ticket;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks by what a token is asked for. The gateway's word counts for nothing here. */
final class Authorities {
    /** A ticket lives five seconds; more than this ahead, one of two clocks is wrong. */
    private static final Duration FARTHEST_EXPIRY = Duration.ofSeconds(10);

    private static final int STATEMENTS = 1_024;

    private final Attestor attestor;
    private final AuditLog audit;
    private final Cache<Attestation, ClientStatement> verified = Caffeine.newBuilder()
            .maximumSize(STATEMENTS)
            .executor(Runnable::run)
            .build();

    Authorities(Attestor attestor, AuditLog audit) {
        this.attestor = attestor;
        this.audit = audit;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure where it allows nothing */
    Entitlement check(Issuer.Issue request, Instant now) {
        return switch (request.authority()) {
            case ByTicket by -> Entitlement.of(ticket(request.tenant(), by.ticket(), now));
            case ByClientSecret by -> Entitlement.of(client(request.tenant(), by, now));
        };
    }

    private Ticket ticket(String tenant, Attestation attestation, Instant now) {
        Ticket ticket = attestor.verify(attestation, Ticket.class);
        if (ticket == null || !ticket.tenant().equals(tenant)) {
            audit.refused(tenant, ticket == null ? "forged_ticket" : "foreign_ticket");
            throw OAuthError.failure(
                    Code.INVALID_GRANT, "the grant could not be confirmed: start again from its beginning");
        }
        if (!now.isBefore(ticket.expiresAt())) {
            throw stale(tenant, "expired_ticket");
        }
        if (ticket.expiresAt().isAfter(now.plus(FARTHEST_EXPIRY))) {
            throw stale(tenant, "ticket_from_the_future");
        }
        return ticket;
    }

    private Client client(String tenant, ByClientSecret by, Instant now) {
        return allowed(known(tenant, by.client(), now), by.secret());
    }

    /** The client that the store vouches for; what it may do is the caller's question. */
    Client known(String tenant, Attestation attestation, Instant now) {
        ClientStatement statement = statement(attestation);
        if (statement == null || !statement.client().tenant().equals(tenant)) {
            audit.refused(tenant, statement == null ? "forged_client_statement" : "foreign_client_statement");
            throw unauthenticated();
        }
        if (!now.isBefore(statement.notAfter())) {
            throw stale(tenant, "expired_client_statement");
        }
        return statement.client();
    }

    // A client asks many times with one statement: it is checked and decoded once.
    private @Nullable ClientStatement statement(Attestation attestation) {
        ClientStatement known = verified.getIfPresent(attestation);
        if (known != null) {
            return known;
        }
        ClientStatement statement = attestor.verify(attestation, ClientStatement.class);
        if (statement != null) {
            verified.put(attestation, statement);
        }
        return statement;
    }

    private static Client allowed(Client client, Secret presented) {
        if (client.isPublic()) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT, "a public client can't use client_credentials: register a secret for it");
        }
        if (client.disabled() || !client.accepts(presented)) {
            throw unauthenticated();
        }
        if (!client.mayUse("client_credentials")) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT, "this client is not registered for grant_type client_credentials");
        }
        return client;
    }

    // The same words for an unknown, a disabled and a wrongly authenticated client.
    private static RuntimeException unauthenticated() {
        return OAuthError.failure(
                Code.INVALID_CLIENT, "client authentication failed: check client_id and client_secret");
    }

    // Nobody's fault but ours (a pause, clocks that differ): the client keeps what it has and tries again.
    private RuntimeException stale(String tenant, String reason) {
        audit.refused(tenant, reason);
        return new OAuthError.Unavailable("token").failure();
    }
}
