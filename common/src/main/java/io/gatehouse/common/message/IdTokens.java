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
     * Reads an ID token that a client hands back as a hint (OpenID Connect Core, section 3.1.2.1): ours by signature, issuer
     * and type; it may have expired.
     *
     * @param client a {@link ClientStatement} of the client that it may be for; null: not known, so that only those by the
     *     tenant's keys are read, and user and session are named as the token names them
     */
    record ReadHint(String tenant, Secret idToken, @Nullable Attestation client) implements IdTokens<HintRead> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param hint null: it is no ID token of ours, or names nobody by a name that its client was given */
    record HintRead(@Nullable Hint hint) {}

    /**
     * Where its client was stated, user and session bear the names that the store knows, also where the client knows others.
     *
     * @param clientId its audience
     * @param sid null: it names no session
     */
    record Hint(String clientId, String subject, @Nullable String sid, Instant expiresAt) {}

    /**
     * Whom a client means by a subject that it was given (OpenID Connect Core, section 5.5.1).
     *
     * @param client a {@link ClientStatement}
     */
    record ReadSubject(String tenant, String subject, Attestation client) implements IdTokens<SubjectRead> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param subject as the store knows it; null: the client was given no such one */
    record SubjectRead(@Nullable String subject) {}

    /**
     * Userinfo as a JWT (OpenID Connect Core, section 5.3.2), by the algorithm that the client registered. Fails with
     * invalid_token where access token and profile are not the same user's.
     *
     * @param accessToken that was shown; the token role verifies it once more and takes scope and claims from it
     * @param profile a {@link ProfileStatement}
     * @param client a {@link ClientStatement} of the client that the access token was given to
     * @param confirmation the key that was proved with the access token, which must be the one that it is bound to; null: it is
     *     bound to none
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

    /**
     * An authorization response as a JWT (JARM, section 4), by the algorithm that the client registered. Of code and error
     * there is one.
     *
     * @param client a {@link ClientStatement} of the client that it is for
     * @param code null: it is an error
     * @param error its name in the protocol; null: it is a code
     * @param errorDescription null: none
     * @param state null: the request had none
     */
    record SignAuthorizationResponse(
            String tenant,
            Attestation client,
            @Nullable Secret code,
            @Nullable String error,
            @Nullable String errorDescription,
            @Nullable String state)
            implements IdTokens<Signed> {}

    /**
     * What a client is told of one of its users (OpenID Connect Core, section 8).
     *
     * @param subject as the store knows it
     * @param client a {@link ClientStatement}
     */
    record TellSubject(String tenant, String subject, Attestation client) implements IdTokens<SubjectTold> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param sub the same as {@code subject} where the client is not pairwise */
    record SubjectTold(String sub) {}

    /**
     * The introspection of an access token as a JWT (RFC 9701, section 5), by the algorithm that the caller registered. Fails
     * with invalid_token for what is no access token of the tenant's, valid now.
     *
     * @param client a {@link ClientStatement} of the client that asks
     * @param accessToken that it may know of; the token role verifies it once more and takes what is told from it; null: it is
     *     told that its token is not active
     */
    record SignIntrospection(
            String tenant, Attestation client, @Nullable Secret accessToken) implements IdTokens<Signed> {}

    /** @param jwt compact */
    record Signed(Secret jwt) {}
}
