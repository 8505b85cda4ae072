package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is signed and read for OpenID Connect beside the ID tokens that come with access tokens. */
public sealed interface IdTokens<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.idtokens";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Reads an ID token that a client hands back as a hint (OpenID Connect Core, section 3.1.2.1): ours by signature, issuer and type; it
     * may have expired.
     *
     * @param client a {@link ClientStatement} of the client that it may be for; null: not known, so that only those by the tenant's keys are read
     */
    record ReadHint(String tenant, Secret idToken, @Nullable Attestation client) implements IdTokens<HintRead> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param hint null: it is no ID token of ours */
    record HintRead(@Nullable Hint hint) {}

    /**
     * @param clientId its audience
     * @param sid null: it names no session
     */
    record Hint(String clientId, String subject, @Nullable String sid, Instant expiresAt) {}

    /**
     * Userinfo as a JWT (OpenID Connect Core, section 5.3.2), by the algorithm that the client registered. Fails with
     * invalid_token where access token and profile are not the same user's.
     *
     * @param accessToken that was shown; the token role verifies it once more and takes scope and claims from it
     * @param profile a {@link ProfileStatement}
     * @param client a {@link ClientStatement} of the client that the access token was given to
     * @param confirmation the key that was proved with the access token, which must be the one that it is bound to; null: it is bound to none
     */
    record SignUserinfo(
            String tenant,
            Secret accessToken,
            Attestation profile,
            Attestation client,
            @Nullable String confirmation) implements IdTokens<Signed> {
        /** With a token that is bound to no key. */
        public SignUserinfo(String tenant, Secret accessToken, Attestation profile, Attestation client) {
            this(tenant, accessToken, profile, client, null);
        }
    }

    /**
     * A logout token (OpenID Connect Back-Channel Logout, section 2.4).
     *
     * @param logout a {@link LogoutStatement}
     * @param client a {@link ClientStatement} of the same client
     */
    record SignLogout(String tenant, Attestation logout, Attestation client) implements IdTokens<Signed> {}

    /** @param jwt compact */
    record Signed(Secret jwt) {}
}
