package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.RegistrationPolicy.Mode;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import org.jspecify.annotations.Nullable;

/** Who may register a client, and who may manage one. What does not fit is thrown, as an answer. */
final class RegistrationGate {
    private RegistrationGate() {}

    /**
     * Whether the token is one of the tenant's; that none is shown may be enough.
     *
     * @throws io.gatehouse.common.error.OAuthFailure access_denied where nobody may; invalid_token where it takes a token, or
     *     another
     */
    static boolean admit(RegistrationPolicy policy, Source source, @Nullable Digest shown) {
        boolean possible = source == Source.METADATA_DOCUMENT ? policy.metadataDocuments() : policy.isOffered();
        if (!possible) {
            throw OAuthError.failure(Code.ACCESS_DENIED, "clients are registered by the operator only: ask there");
        }
        boolean trusted = policy.isTrusted(shown);
        boolean needed = shown != null || (source == Source.REGISTRATION && policy.mode() != Mode.OPEN);
        if (needed && !trusted) {
            throw OAuthError.failure(
                    Code.INVALID_TOKEN, "registering takes an initial access token of the operator: send it as Bearer");
        }
        return trusted;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure access_denied */
    static void checkChangeable(RegistrationPolicy policy) {
        if (policy.mode() == Mode.OFF) {
            throw OAuthError.failure(
                    Code.ACCESS_DENIED, "registered clients are not changed any more: ask the operator");
        }
    }

    /** The client of that token (RFC 7592, section 2); invalid_token, the same whether there is the client or not. */
    static Client own(@Nullable Client client, Digest accessToken) {
        SelfRegistration registration = client == null ? null : client.selfRegistration();
        Digest known = registration == null ? null : registration.accessToken();
        if (client == null || known == null || !known.equals(accessToken)) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the registration access token is not this client's");
        }
        return client;
    }

    /** RFC 7592, section 2.1; what an operator disabled does not come back by itself. */
    static Client enabled(Client client) {
        if (client.disabled()) {
            throw OAuthError.failure(Code.ACCESS_DENIED, "the operator disabled this client: ask there");
        }
        return client;
    }
}
