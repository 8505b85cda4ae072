package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientAuthentication;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByClientAssertion;
import io.gatehouse.common.message.Issuer.Authority.ByClientCertificate;
import io.gatehouse.common.message.Issuer.Authority.ByClientSecret;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.JwtAppStatement;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenTerms;
import io.gatehouse.common.x509.ClientCertificate;
import io.gatehouse.token.StatementCheck.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks by what a token is asked for. The gateway's word counts for nothing here. */
final class Authorities {
    private static final Kind<Ticket> TICKET = new Kind<>(Ticket.class, "ticket", Ticket::tenant, Ticket::expiresAt);
    private static final Kind<ProfileStatement> PROFILE = new Kind<>(
            ProfileStatement.class,
            "profile_statement",
            statement -> statement.profile().tenant(),
            ProfileStatement::expiresAt);
    private static final Kind<ClientStatement> CLIENT = new Kind<>(
            ClientStatement.class,
            "client_statement",
            statement -> statement.client().tenant(),
            ClientStatement::notAfter);
    private static final Kind<LogoutStatement> LOGOUT =
            new Kind<>(LogoutStatement.class, "logout_statement", LogoutStatement::tenant, LogoutStatement::expiresAt);
    private static final Kind<JwtAppStatement> APP = new Kind<>(
            JwtAppStatement.class,
            "jwt_app_statement",
            statement -> statement.app().tenant(),
            JwtAppStatement::notAfter);

    private static final Kind<ClientAuthentication> AUTHENTICATION = new Kind<>(
            ClientAuthentication.class,
            "client_authentication",
            ClientAuthentication::tenant,
            ClientAuthentication::expiresAt);

    private static final Kind<SessionStatement> SESSION = new Kind<>(
            SessionStatement.class, "session_statement", SessionStatement::tenant, SessionStatement::expiresAt);

    private final StatementCheck<Ticket> tickets;
    private final StatementCheck<ProfileStatement> profiles;
    private final StatementCheck<ClientStatement> clients;
    private final StatementCheck<LogoutStatement> logouts;
    private final StatementCheck<JwtAppStatement> apps;
    private final StatementCheck<ClientAuthentication> authentications;
    private final StatementCheck<SessionStatement> sessions;

    Authorities(Attestor attestor, AuditLog audit) {
        this.tickets = StatementCheck.momentary(attestor, audit, TICKET);
        this.profiles = StatementCheck.momentary(attestor, audit, PROFILE);
        this.clients = StatementCheck.lasting(attestor, audit, CLIENT);
        this.logouts = StatementCheck.momentary(attestor, audit, LOGOUT);
        this.apps = StatementCheck.lasting(attestor, audit, APP);
        this.authentications = StatementCheck.momentary(attestor, audit, AUTHENTICATION);
        this.sessions = StatementCheck.lasting(attestor, audit, SESSION);
    }

    /** @throws io.gatehouse.common.error.OAuthFailure where it allows nothing */
    Entitlement check(Issuer.Issue request, Instant now) {
        return switch (request.authority()) {
            case ByTicket by -> {
                Ticket ticket = ticket(request.tenant(), by.ticket(), now, Code.INVALID_GRANT);
                yield Entitlement.of(
                        ticket, KeyBinding.of(ticket, request.terms()), Audience.of(ticket, request.terms()));
            }
            case ByClientSecret by -> itself(request, now);
            case ByClientAssertion by -> itself(request, now);
            case ByClientCertificate by -> itself(request, now);
        };
    }

    private Entitlement itself(Issuer.Issue request, Instant now) {
        Client client =
                authenticated(request.tenant(), request.authority(), "client_credentials", request.terms(), now);
        return Entitlement.of(client, KeyBinding.of(client, request.terms()), Audience.of(client, request.terms()));
    }

    /** @param refusal of one that nobody gave for this tenant */
    Ticket ticket(String tenant, Attestation attestation, Instant now, Code refusal) {
        return tickets.check(tenant, attestation, now, () -> unconfirmed(refusal));
    }

    /** The client that the store vouches for; what it may do is the caller's question. */
    Client known(String tenant, Attestation attestation, Instant now) {
        return clients.check(tenant, attestation, now, Authorities::unauthenticated)
                .client();
    }

    /** As {@link #known}, where it did not authenticate by the request. */
    Client client(String tenant, Attestation attestation, Instant now, Code refusal) {
        return clients.check(tenant, attestation, now, () -> unconfirmed(refusal))
                .client();
    }

    /** The user whom the store vouches for. */
    ProfileStatement profile(String tenant, Attestation attestation, Instant now, Code refusal) {
        return profiles.check(tenant, attestation, now, () -> unconfirmed(refusal));
    }

    /** The end of a session that the store vouches for. */
    LogoutStatement logout(String tenant, Attestation attestation, Instant now) {
        return logouts.check(tenant, attestation, now, () -> unconfirmed(Code.INVALID_REQUEST));
    }

    /** The session that the store vouches for. */
    SessionStatement session(String tenant, Attestation attestation, Instant now) {
        return sessions.check(tenant, attestation, now, () -> unconfirmed(Code.INVALID_TOKEN));
    }

    /** The app that the store vouches for. */
    JwtApp app(String tenant, Attestation attestation, Instant now) {
        JwtApp app = apps.check(tenant, attestation, now, () -> unconfirmed(Code.INVALID_TOKEN))
                .app();
        if (app.disabled()) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the JWT app is disabled");
        }
        return app;
    }

    /**
     * The confidential client that proved to be itself.
     *
     * @param by its own authority, no ticket
     * @param grantType that it must be registered for
     * @param terms of the token that it asks for
     */
    Client authenticated(
            String tenant, Issuer.Authority by, String grantType, @Nullable TokenTerms terms, Instant now) {
        return switch (by) {
            case ByClientSecret secret -> {
                Client client = known(tenant, secret.client(), now);
                if (client.isPublic()) {
                    throw OAuthError.failure(
                            Code.UNAUTHORIZED_CLIENT,
                            "a public client can't use " + grantType + ": register a secret for it");
                }
                yield allowed(client, client.accepts(secret.secret()), grantType);
            }
            case ByClientAssertion assertion -> {
                Client client = known(tenant, assertion.client(), now);
                yield allowed(client, isAuthenticated(client, assertion.authentication(), now), grantType);
            }
            case ByClientCertificate certificate -> {
                Client client = known(tenant, certificate.client(), now);
                yield allowed(client, isAuthenticated(client, certificate, terms, now), grantType);
            }
            case ByTicket ticket -> throw unauthenticated();
        };
    }

    /** Whether it authenticated by an assertion, a moment ago and as what it is now. */
    private boolean isAuthenticated(Client client, Attestation attestation, Instant now) {
        ClientAuthentication authentication =
                authentications.check(client.tenant(), attestation, now, Authorities::unauthenticated);
        return client.authMethod().isAssertion()
                && authentication.clientId().equals(client.clientId())
                && authentication.clientEpoch() == client.epoch();
    }

    /** A token that is bound to a certificate is bound to the one that was shown. */
    private static boolean isAuthenticated(
            Client client, ByClientCertificate by, @Nullable TokenTerms terms, Instant now) {
        ClientCertificate shown = ClientCertificate.read(by.certificate());
        String bound = terms == null ? null : terms.confirmation();
        boolean bindsAnother = shown != null
                && bound != null
                && Confirmation.parse(bound).kind() == Confirmation.Kind.CERTIFICATE
                && !bound.equals(shown.confirmation().text());
        return shown != null && !bindsAnother && shown.isOf(client, by.fetchedKeys(), now);
    }

    private static Client allowed(Client client, boolean authenticated, String grantType) {
        if (client.disabled() || !authenticated) {
            throw unauthenticated();
        }
        if (!client.mayUse(grantType)) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT, "this client is not registered for grant_type " + grantType);
        }
        return client;
    }

    // The same words for an unknown, a disabled and a wrongly authenticated client.
    private static RuntimeException unauthenticated() {
        return OAuthError.failure(
                Code.INVALID_CLIENT, "client authentication failed: check client_id and client_secret");
    }

    private static RuntimeException unconfirmed(Code code) {
        return OAuthError.failure(code, "the grant could not be confirmed: start again from its beginning");
    }
}
