package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.UpstreamAssertions.Basis.BySession;
import io.gatehouse.common.message.UpstreamAssertions.Basis.ByToken;
import io.gatehouse.common.message.UpstreamAssertions.Mint;
import io.gatehouse.common.message.UpstreamAssertions.Minted;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes assertions for the services behind the front door, of an access token or of a session that the store states: a captured
 * gateway can tell them of nobody whom it has not seen. For one event loop.
 */
final class UpstreamAssertionMinter {
    private static final int LONGEST_AUDIENCE = 512;
    private static final int REMEMBERED = 2_000;
    private static final int TOLD = 10_000;

    /** An access token, as it was read. */
    private record Read(String kid, UpstreamSender sender) implements VerifiedTokens.Signed {}

    /** What the audit log was told of: one line in ten minutes for each, however often it is minted again. */
    private record Told(String tenant, String basis, String audience) {}

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final VerifiedTokens<Read> tokens;
    private final KeyRing ring;
    private final JwsSigner signer;
    private final AuditLog audit;
    private final Clock clock;
    private final Cache<Told, Boolean> told = Caffeine.newBuilder()
            .maximumSize(TOLD)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    UpstreamAssertionMinter(
            TokenPolicy policy,
            Authorities authorities,
            TenantSignatures signatures,
            KeyRing ring,
            JwsSigner signer,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.tokens = new VerifiedTokens<>(signatures, this::read, REMEMBERED);
        this.ring = ring;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    /** See {@link Mint}. */
    Future<Minted> mint(Mint request) {
        Instant now = clock.instant();
        String audience = request.audience();
        if (audience.isEmpty() || audience.length() > LONGEST_AUDIENCE) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "an assertion is for one service");
        }
        return sender(request, now).compose(sender -> {
            if (!now.isBefore(sender.expiresAt())) {
                throw OAuthError.failure(Code.INVALID_TOKEN, "the access token has expired");
            }
            return signed(UpstreamAssertion.of(request.tenant(), sender, audience, now));
        });
    }

    private Future<UpstreamSender> sender(Mint request, Instant now) {
        String tenant = request.tenant();
        return switch (request.basis()) {
            case BySession by ->
                Future.succeededFuture(UpstreamSender.of(authorities.session(tenant, by.session(), now)));
            case ByToken by -> ofToken(tenant, by.accessToken());
        };
    }

    private Future<UpstreamSender> ofToken(String tenant, Secret token) {
        return tokens.find(tenant, token).map(found -> {
            if (found == null) {
                // An honest gateway has inspected the token before.
                audit.refused(tenant, "unfit_access_token");
                throw OAuthError.failure(Code.INVALID_TOKEN, "the access token is no token of this server");
            }
            return found.sender;
        });
    }

    private @Nullable Read read(String tenant, String kid, JsonNode claims) {
        UpstreamSender sender = UpstreamSender.read(policy.issuerOf(tenant), claims);
        return sender == null ? null : new Read(kid, sender);
    }

    private Future<Minted> signed(UpstreamAssertion assertion) {
        return ring.signingKey(assertion.tenant(), policy.algorithm())
                .compose(key -> signer.sign(key, key.header(TokenType.UPSTREAM_ASSERTION), assertion.claims(policy))
                        .map(jwt -> {
                            tell(assertion, key);
                            return new Minted(jwt, assertion.expiresAt());
                        }));
    }

    private void tell(UpstreamAssertion assertion, SigningKey key) {
        Told line = new Told(assertion.tenant(), assertion.sender().basis(), assertion.audience());
        if (told.asMap().putIfAbsent(line, true) == null) {
            audit.issued(assertion, key);
        }
    }
}
