package io.gatehouse.token;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Exchange;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.ExchangePolicy;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.TokenTerms;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes an access token of another one (RFC 8693). Tokens, client and policy are verified here, whatever the gateway says;
 * only whether a token was revoked is the gateway's question. For one event loop.
 */
final class TokenExchange {
    private static final int REMEMBERED = 2_000;
    private static final int JTI_BYTES = 16;

    /** Nothing that is exchanged can be refreshed. */
    private static final Scope NEVER = new Scope(List.of("offline_access"));

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final VerifiedTokens<ExchangeableToken> tokens;
    private final KeyRing ring;
    private final Namings namings;
    private final TokenUsers users;
    private final JwsSigner signer;
    private final AuditLog audit;
    private final Clock clock;

    TokenExchange(
            TokenPolicy policy,
            Authorities authorities,
            TenantSignatures signatures,
            KeyRing ring,
            Namings namings,
            TokenUsers users,
            JwsSigner signer,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.tokens = new VerifiedTokens<>(
                signatures,
                (tenant, kid, claims) ->
                        ExchangeableToken.read(kid, policy.issuerOf(tenant), users.owner(tenant, claims), claims),
                REMEMBERED);
        this.ring = ring;
        this.namings = namings;
        this.users = users;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    /** See {@link Exchange}. */
    Future<Issued> exchange(Exchange request) {
        Instant now = clock.instant();
        String tenant = request.tenant();
        Client client =
                authorities.authenticated(tenant, request.client(), Issuer.TOKEN_EXCHANGE, request.terms(), now);
        ExchangePolicy allowed = policyOf(client, request.actorToken() != null);
        checkTerms(request.terms());
        return find(tenant, request.subjectToken(), "subject_token", now).compose(subject -> {
            checkSubject(client, allowed, subject);
            return actor(client, request.actorToken(), now).compose(actor -> {
                ExchangedToken token = token(request, client, subject, actor, now);
                return namings.of(client).compose(naming -> signed(token, naming));
            });
        });
    }

    private static ExchangePolicy policyOf(Client client, boolean withActor) {
        ExchangePolicy allowed = client.extensions().exchange();
        if (allowed == null || !(withActor ? allowed.delegation() : allowed.impersonation())) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT,
                    withActor
                            ? "this client may not exchange tokens with an actor_token: leave it out"
                            : "this client may not exchange tokens without an actor_token: send one that it got for itself");
        }
        return allowed;
    }

    private static void checkTerms(@Nullable TokenTerms terms) {
        if (terms != null && terms.access() != null && terms.access().authorizationDetails() != null) {
            throw invalid(
                    "authorization_details can't be asked for here: those of the subject_token stay, as far as the"
                            + " client registered their types");
        }
    }

    /** RFC 8693, section 2.2.2: a token that does not count is the request's fault. */
    private Future<ExchangeableToken> find(String tenant, Secret token, String parameter, Instant now) {
        return tokens.find(tenant, token).map(found -> {
            if (found == null) {
                audit.refused(tenant, "unfit_" + parameter);
                throw invalid(parameter + " is no access token of this server's standard endpoints");
            }
            if (!now.isBefore(found.expiresAt())) {
                throw invalid(parameter + " has expired");
            }
            return found;
        });
    }

    private static void checkSubject(Client client, ExchangePolicy allowed, ExchangeableToken subject) {
        boolean mayHave = subject.clientId().equals(client.clientId())
                || subject.audience().contains(client.clientId())
                || allowed.subjectClients().contains(subject.clientId());
        if (!mayHave) {
            throw invalid("subject_token is one that this client may not exchange: it was given to another client,"
                    + " for another service");
        }
    }

    /** Null where nobody is to act for the subject. */
    private Future<@Nullable ExchangeableToken> actor(Client client, @Nullable Secret token, Instant now) {
        if (token == null) {
            return Future.succeededFuture();
        }
        return find(client.tenant(), token, "actor_token", now).map(actor -> {
            if (!actor.isClientsOwn() || !actor.clientId().equals(client.clientId())) {
                throw invalid("actor_token must be one that this client got for itself, by client_credentials");
            }
            return actor;
        });
    }

    private ExchangedToken token(
            Exchange request,
            Client client,
            ExchangeableToken subject,
            @Nullable ExchangeableToken actor,
            Instant now) {
        Provenance provenance = Provenance.of(subject, actor);
        if (provenance.isTooLong()) {
            throw invalid("subject_token was exchanged too often, one for the other: begin with an earlier one");
        }
        List<String> wanted = Audience.of(client, request.terms()).resources();
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        Instant end = earlier(issuedAt.plus(policy.lifetime(TokenFamily.OAUTH)), subject.expiresAt());
        return new ExchangedToken(
                client,
                subject,
                provenance,
                scope(request.scope(), subject.scope().intersect(client.scope()).without(NEVER)),
                wanted.isEmpty() ? subject.audience() : wanted,
                KeyBinding.of(client, request.terms()),
                Entropy.bytes(JTI_BYTES).base64Url(),
                issuedAt,
                actor == null ? end : earlier(end, actor.expiresAt()));
    }

    private static Scope scope(@Nullable Scope wanted, Scope ceiling) {
        if (wanted != null && !ceiling.covers(wanted)) {
            throw OAuthError.failure(
                    Code.INVALID_SCOPE,
                    "scope is wider than what the subject_token has and this client may have: ask for less, or for none");
        }
        return wanted == null ? ceiling : wanted;
    }

    private Future<Issued> signed(ExchangedToken token, Naming naming) {
        Client client = token.client();
        SigningAlgorithm algorithm = Objects.requireNonNullElse(client.accessTokenAlgorithm(), policy.algorithm());
        return ring.signingKey(client.tenant(), algorithm)
                .compose(key -> signer.sign(
                                key, key.header(TokenType.ACCESS_TOKEN), token.claims(policy, naming, users))
                        .map(jws -> {
                            audit.issued(token, key);
                            return new Issued(jws, token.scope(), token.issuedAt(), token.expiresAt());
                        }));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST, description);
    }
}
