package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.PkceDemand;
import org.jspecify.annotations.Nullable;

/** PKCE at the authorization endpoint (RFC 7636): S256 or none, never {@code plain}. */
final class CodeChallenge {
    static final String METHOD = "S256";

    private static final int TEXT_LENGTH = 43;
    private static final int DIGEST_LENGTH = 32;

    private CodeChallenge() {}

    /**
     * Null where the request has none and needs none.
     *
     * @param nonced whether an ID token with a nonce is asked for, which binds a code to its request as well (RFC 9700, section
     *     2.1.1)
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request
     */
    static @Nullable String read(Client client, Parameters parameters, boolean nonced) {
        String challenge = parameters.get("code_challenge");
        String method = parameters.get("code_challenge_method");
        if (challenge == null) {
            if (method != null || isDemanded(client, nonced)) {
                throw invalid("code_challenge is missing: use PKCE with code_challenge_method S256");
            }
            return null;
        }
        // Absent means plain (section 4.3): the challenge would be the verifier itself.
        if (!METHOD.equals(method)) {
            throw invalid("code_challenge_method must be S256");
        }
        if (!isDigest(challenge)) {
            throw invalid("code_challenge must be the SHA-256 digest of the code_verifier: 43 characters of base64url");
        }
        return challenge;
    }

    private static boolean isDemanded(Client client, boolean nonced) {
        if (client.isPublic()
                || client.pkce() == PkceDemand.ALWAYS
                || client.extensions().isFapi()) {
            return true;
        }
        return client.pkce() == null && !nonced;
    }

    /** Whether it is a SHA-256 digest in base64url. */
    static boolean isDigest(String challenge) {
        Bytes digest = challenge.length() == TEXT_LENGTH ? Base64Url.decode(challenge) : null;
        return digest != null && digest.length() == DIGEST_LENGTH;
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST, description);
    }
}
