package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Sealed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client registered for OpenID Connect, by the names of Dynamic Client Registration, section 2, and of the two
 * logout specifications.
 *
 * @param idTokenAlgorithm of ID tokens and logout tokens
 * @param userinfoAlgorithm null: userinfo is plain JSON
 * @param secret the client's secret, sealed for the token role, where an algorithm needs it; else null
 * @param defaultMaxAge seconds a login may be old where the request does not say; -1: any age
 * @param requireAuthTime whether the claim is essential; ID tokens have it always
 * @param postLogoutRedirectUris compared letter by letter
 * @param backchannelLogoutUri where logout tokens are sent; null: nowhere
 * @param backchannelLogoutSessionRequired whether logout tokens must name the session; ours do always
 * @param policyUri shown with the consent; null: none
 * @param tosUri shown with the consent; null: none
 * @param sector whose clients know a user by one pairwise subject, as a host name; null: the subject is public
 */
public record OpenIdRegistration(
        IdTokenAlgorithm idTokenAlgorithm,
        @Nullable IdTokenAlgorithm userinfoAlgorithm,
        @Nullable Sealed secret,
        long defaultMaxAge,
        boolean requireAuthTime,
        List<String> postLogoutRedirectUris,
        @Nullable String backchannelLogoutUri,
        boolean backchannelLogoutSessionRequired,
        @Nullable String policyUri,
        @Nullable String tosUri,
        @Nullable String sector) {
    /** Of a client that registered nothing. */
    public static final OpenIdRegistration DEFAULT = new OpenIdRegistration(
            IdTokenAlgorithm.RS256, null, null, -1, false, List.of(), null, false, null, null, null);

    public OpenIdRegistration {
        postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
    }

    /**
     * The same, whatever the box: sealed anew by another master key it is not, so that a start can replace a lost one. Whether
     * the boxes hold the same secret is not seen here: the client's digest of it tells.
     */
    public boolean declaresSameAs(OpenIdRegistration other) {
        return equals(other.withSecret(alike(other.secret)));
    }

    private @Nullable Sealed alike(@Nullable Sealed other) {
        return secret == null || other == null ? other : new Sealed(other.keyId(), secret.box());
    }

    /** @param other sealed; null: none */
    public OpenIdRegistration withSecret(@Nullable Sealed other) {
        return new OpenIdRegistration(
                idTokenAlgorithm,
                userinfoAlgorithm,
                other,
                defaultMaxAge,
                requireAuthTime,
                postLogoutRedirectUris,
                backchannelLogoutUri,
                backchannelLogoutSessionRequired,
                policyUri,
                tosUri,
                sector);
    }
}
