package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.VerificationKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Checks signatures by vertx-auth-jwt: one provider per key, so that the key decides the algorithm and a token's header
 * only names the key. One verifier per event loop, since a provider locks.
 */
final class SignatureVerifier {
    /** The parts of a token's header that count before its signature is known to be right. */
    private record Header(String kid, String algorithm) {}

    /** In characters; ours have a quarter. A stranger may send a thousand of any length that a token may have. */
    private static final int LONGEST_HEADER = 512;

    private final Vertx vertx;
    private final Cache<VerificationKey, JWTAuth> providers = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterAccess(Duration.ofHours(1))
            .executor(Runnable::run)
            .build();
    private final Cache<String, Header> headers =
            Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();

    SignatureVerifier(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The key that the token says it was signed with; null where it is no JWT of ours or names no key of the set. */
    @Nullable
    VerificationKey keyOf(String token, KeySet keys) {
        Header header = header(token);
        if (header == null) {
            return null;
        }
        for (VerificationKey key : keys.keys()) {
            if (key.kid().equals(header.kid) && key.algorithm().jwsName().equals(header.algorithm)) {
                return key;
            }
        }
        return null;
    }

    /** The claims; fails where the signature is not the key's. */
    Future<JsonObject> verify(String token, VerificationKey key) {
        if (!hasSignature(token, key.algorithm())) {
            return Future.failedFuture("the signature has another length than the algorithm's");
        }
        try {
            return providers
                    .get(key, this::provider)
                    .authenticate(new TokenCredentials(token))
                    .map(user -> user.attributes().getJsonObject("accessToken"));
        } catch (RuntimeException unreadable) {
            // The provider looks at times it was told to ignore, and throws where they are no numbers.
            return Future.failedFuture(unreadable);
        }
    }

    /**
     * In characters of base64url, exactly 64 bytes (RFC 7518, section 3.4, and RFC 8037, section 3.1) or at least 256. The
     * provider would take DER too, and one whose key it can't read takes an empty signature for a right one.
     */
    private static boolean hasSignature(String token, SigningAlgorithm algorithm) {
        int length = token.length() - token.lastIndexOf('.') - 1;
        return switch (algorithm) {
            case ES256, EDDSA -> length == 86;
            case RS256, PS256 -> length >= 342;
        };
    }

    private JWTAuth provider(VerificationKey key) {
        // Expiry is checked by the inspector, every time and by its own clock.
        return JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addJwk(new JsonObject(key.jwk()))
                        .setJWTOptions(new JWTOptions().setIgnoreExpiration(true)));
    }

    /** Tokens of one key share their header, so a few remembered ones serve all. */
    private @Nullable Header header(String token) {
        int dot = token.indexOf('.');
        if (dot <= 0 || dot > LONGEST_HEADER || !isCompact(token, dot)) {
            return null;
        }
        return headers.get(token.substring(0, dot), SignatureVerifier::parse);
    }

    /** Three segments in the one spelling that base64url allows for their bytes. */
    private static boolean isCompact(String token, int firstDot) {
        int secondDot = token.indexOf('.', firstDot + 1);
        return secondDot > 0
                && token.indexOf('.', secondDot + 1) < 0
                && Base64Url.decode(token.substring(firstDot + 1, secondDot)) != null
                && Base64Url.decode(token.substring(secondDot + 1)) != null;
    }

    private static @Nullable Header parse(String segment) {
        Bytes json = Base64Url.decode(segment);
        if (json == null) {
            return null;
        }
        try {
            JsonObject header = new JsonObject(json.utf8());
            boolean ours = "at+jwt".equals(header.getString("typ")) && !header.containsKey("crit");
            String kid = header.getString("kid");
            String algorithm = header.getString("alg");
            return ours && kid != null && algorithm != null ? new Header(kid, algorithm) : null;
        } catch (RuntimeException notJson) {
            return null;
        }
    }
}
