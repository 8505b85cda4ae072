package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.VerificationKey;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens of ours, without asking anybody once keys are known. What is remembered is only that a
 * signature was right; expiry and revocation are looked at every time.
 */
public final class TokenInspector {
    /** Everything a remembered signature depends on. */
    public record Seen(String tenant, long keySetVersion, Digest token) implements AssertionService.Basis {}

    /** @param user whose it is, sealed; null: it says so itself */
    private record Read(AccessToken token, @Nullable String user) {}

    private static final int MAX_LENGTH = 8192;

    private final Bus bus;
    private final KeyDirectory keys;
    private final SignatureVerifier verifier;
    private final TokenUsers users;
    private final Cache<Seen, AccessToken> seen;
    private final RevocationList revocations;
    private final Clock clock;
    private final String issuer;

    TokenInspector(
            Bus bus,
            KeyDirectory keys,
            SignatureVerifier verifier,
            TokenUsers users,
            Cache<Seen, AccessToken> seen,
            RevocationList revocations,
            Clock clock,
            String issuer) {
        this.bus = bus;
        this.keys = keys;
        this.verifier = verifier;
        this.users = users;
        this.seen = seen;
        this.revocations = revocations;
        this.clock = clock;
        this.issuer = issuer;
    }

    /** How a token of ours stands now. */
    public enum Standing {
        CURRENT,
        EXPIRED,
        REVOKED
    }

    /**
     * @param token whose signature was right
     * @param seen by what that is remembered
     */
    public record Inspected(AccessToken token, Standing standing, Seen seen) {}

    /**
     * Of one that is shown without a proof: a token that is bound to a key counts for nothing.
     *
     * @return the token; fails with invalid_token where it is not valid here and now, and with {@code Unavailable} where
     *     that can't be told
     */
    public Future<AccessToken> inspect(String tenant, String token) {
        return inspect(tenant, token, null);
    }

    /**
     * As the other, on a connection with a certificate, which the token may be bound to.
     *
     * @param shown null: the connection has none
     */
    public Future<AccessToken> inspect(String tenant, String token, @Nullable ShownCertificate shown) {
        return show(tenant, token, shown).map(Inspected::token);
    }

    /** As {@link #inspect}, for whoever remembers something of the token as well. */
    public Future<Inspected> show(String tenant, String token, @Nullable ShownCertificate shown) {
        return standing(tenant, token).map(found -> {
            CertificateBinding.check(found.token(), shown);
            return current(found);
        });
    }

    /** Whether one that {@link #inspect} let pass still counts. False as well while that can't be told. */
    public boolean counts(AccessToken token) {
        return revocations.isFresh() && standing(token) == Standing.CURRENT;
    }

    /** As {@link #inspect}, of one that nobody shows as a bearer token: it may be bound to a key. */
    Future<AccessToken> examine(String tenant, String token) {
        return find(tenant, token).map(Inspected::token);
    }

    Future<Inspected> find(String tenant, String token) {
        return standing(tenant, token).map(TokenInspector::current);
    }

    /**
     * As {@link #inspect}, but also of tokens that count no more, for doors that tell their ends apart.
     *
     * @return fails with invalid_token where it never was one of ours, and with {@code Unavailable} where that can't be
     *     told
     */
    public Future<Inspected> look(String tenant, String token) {
        return standing(tenant, token).map(found -> {
            CertificateBinding.check(found.token(), null);
            return found;
        });
    }

    private Future<Inspected> standing(String tenant, String token) {
        if (token.length() > MAX_LENGTH) {
            return Future.failedFuture(invalid("the access token is no token of this server"));
        }
        if (!revocations.isFresh()) {
            return Future.failedFuture(new OAuthError.Unavailable("revocation").failure());
        }
        return keys.find(bus, tenant).compose(set -> {
            Seen memo = new Seen(tenant, set.version(), Digest.of(token));
            return authenticate(memo, token, set).map(found -> new Inspected(found, standing(found), memo));
        });
    }

    private Future<AccessToken> authenticate(Seen memo, String token, KeySet set) {
        String tenant = memo.tenant;
        AccessToken remembered = seen.getIfPresent(memo);
        if (remembered != null) {
            return Future.succeededFuture(remembered);
        }
        VerificationKey key = verifier.keyOf(token, set);
        Future<AccessToken> verified = key == null
                ? keys.findAgain(bus, tenant).compose(again -> verify(tenant, token, verifier.keyOf(token, again)))
                : verify(tenant, token, key);
        return verified.onSuccess(accessToken -> seen.put(memo, accessToken));
    }

    private Future<AccessToken> verify(String tenant, String token, @Nullable VerificationKey key) {
        if (key == null) {
            return Future.failedFuture(invalid("the access token is no token of this server"));
        }
        return verifier.verify(token, key)
                .map(claims -> new Read(read(tenant, key, claims), (String) claims.getValue(UserSeal.CLAIM)))
                .recover(failure -> Future.failedFuture(invalid("the access token is no token of this server")))
                .compose(this::owned);
    }

    private Future<AccessToken> owned(Read read) {
        return read.user == null ? Future.succeededFuture(read.token) : users.open(read.token, read.user);
    }

    private AccessToken read(String tenant, VerificationKey key, JsonObject claims) {
        AccessToken token = AccessToken.read(tenant, key.kid(), claims);
        if (!token.issuer().equals(Tenant.issuer(issuer, tenant))) {
            throw invalid("the access token is another issuer's");
        }
        return token;
    }

    private Standing standing(AccessToken token) {
        if (revocations.denies(token)) {
            return Standing.REVOKED;
        }
        return clock.instant().isBefore(token.expiresAt()) ? Standing.CURRENT : Standing.EXPIRED;
    }

    private static Inspected current(Inspected inspected) {
        return switch (inspected.standing()) {
            case CURRENT -> inspected;
            case EXPIRED -> throw invalid("the access token has expired");
            case REVOKED -> throw invalid("the access token was revoked");
        };
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_TOKEN, description);
    }
}
