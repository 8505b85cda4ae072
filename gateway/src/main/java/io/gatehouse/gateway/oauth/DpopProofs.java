package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies DPoP proofs (RFC 9449, section 4.3), each of which counts once. */
public final class DpopProofs {
    /** {@code dpop_signing_alg_values_supported}. */
    public static final List<String> ALGORITHMS = Arrays.stream(SigningAlgorithm.values())
            .map(SigningAlgorithm::jwsName)
            .toList();

    /** An access token that is shown with a proof, and the key that it is bound to. */
    record Bound(String accessToken, String thumbprint) {}

    private static final Duration MAX_AGE = Duration.ofSeconds(60);
    /** FAPI 2.0 Security Profile, section 5.3.2.1: clocks of clients may be so much ahead. */
    private static final Duration MAX_AHEAD = Duration.ofSeconds(10);

    /** By which clocks of nodes may differ: a proof is remembered for so much longer. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    /** Of headers, as characters: a client signs many proofs by one key. */
    private static final int REMEMBERED = 500_000;

    private final Cache<String, DpopKey> keys = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED)
            .weigher((String header, DpopKey key) -> header.length())
            .executor(Runnable::run)
            .build();
    private final Bus bus;
    private final DpopNonces nonces;
    private final Clock clock;
    private final String issuer;
    private final boolean nonceRequired;

    /**
     * @param issuer of the default tenant
     * @param nonceRequired whether each proof must hold a nonce of ours
     */
    DpopProofs(Bus bus, DpopNonces nonces, Clock clock, String issuer, boolean nonceRequired) {
        this.bus = bus;
        this.nonces = nonces;
        this.clock = clock;
        this.issuer = issuer;
        this.nonceRequired = nonceRequired;
    }

    /**
     * Spends the proof.
     *
     * @param shown null: there is none
     * @param bound null: the proof comes without an access token
     * @return the thumbprint of the key that was proved; fails with invalid_dpop_proof, with use_dpop_nonce, or with
     *     {@code Throttled} where an address that has no token sends too many
     */
    Future<String> verify(String tenant, @Nullable ShownProof shown, @Nullable Bound bound) {
        try {
            if (shown == null) {
                throw OAuthError.failure(Code.INVALID_DPOP_PROOF, "the request has no header DPoP: send a proof in it");
            }
            DpopProof proof = DpopProof.read(shown.jwt(), keys);
            checkTarget(tenant, shown, proof);
            checkTime(proof, clock.instant());
            checkToken(proof, bound);
            return checkNonce(tenant, proof).compose(checked -> spend(tenant, proof, shown, bound == null));
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }

    private void checkTarget(String tenant, ShownProof shown, DpopProof proof) {
        if (!proof.method().equals(shown.method())) {
            throw DpopProof.invalid("is for another method: htm must be that of the request");
        }
        boolean isFor = shown.target() == null
                ? isEndpoint(Tenant.issuer(issuer, tenant) + shown.path(), proof.uri())
                : shown.target().test(proof.uri());
        if (!isFor) {
            throw DpopProof.invalid("is for another URL: htu must be the request's, without query and fragment");
        }
    }

    private static boolean isEndpoint(String endpoint, String named) {
        TargetUri target = TargetUri.parse(endpoint);
        return target != null && target.equals(TargetUri.parse(named));
    }

    private static void checkTime(DpopProof proof, Instant now) {
        if (proof.issuedAt().isBefore(now.minus(MAX_AGE)) || proof.issuedAt().isAfter(now.plus(MAX_AHEAD))) {
            throw DpopProof.invalid("is not of now: check the clock, and make a new one for each request");
        }
    }

    /** A proof for another key or token is not worth a write. */
    private static void checkToken(DpopProof proof, @Nullable Bound bound) {
        if (bound == null) {
            return;
        }
        if (!bound.thumbprint().equals(proof.key().thumbprint())) {
            throw DpopProof.invalid("is by another key than the one that the access token is bound to");
        }
        String hash = Digest.of(bound.accessToken()).value().base64Url();
        if (!hash.equals(proof.accessTokenHash())) {
            throw DpopProof.invalid("is for another access token: ath must be the SHA-256 digest of it");
        }
    }

    private Future<Void> checkNonce(String tenant, DpopProof proof) {
        if (proof.nonce() == null) {
            return nonceRequired ? Future.failedFuture(useNonce()) : Future.succeededFuture();
        }
        return nonces.isCurrent(tenant, proof.nonce()).map(current -> {
            if (!current) {
                throw useNonce();
            }
            return null;
        });
    }

    /** @param unknown whether nothing but the proof tells who its sender is: he could send as many as he likes */
    private Future<String> spend(String tenant, DpopProof proof, ShownProof shown, boolean unknown) {
        String key = proof.key().thumbprint();
        return bus.ask(new OneTimeValues.Spend(
                        tenant,
                        Kind.DPOP_PROOF,
                        key,
                        Digest.of(proof.jti() + "\n" + shown.path()),
                        proof.issuedAt().minus(MAX_AHEAD).minus(SKEW),
                        proof.issuedAt().plus(MAX_AGE).plus(SKEW),
                        unknown ? shown.remoteAddress() : null))
                .map(spent -> {
                    if (!spent.first()) {
                        throw DpopProof.invalid("was used before: make a new one for each request");
                    }
                    return key;
                });
    }

    private static RuntimeException useNonce() {
        return OAuthError.failure(
                Code.USE_DPOP_NONCE, "the DPoP proof must hold the nonce that the header DPoP-Nonce gives");
    }
}
