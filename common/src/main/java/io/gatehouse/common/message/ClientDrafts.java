package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.SelfRegistration.Source;
import org.jspecify.annotations.Nullable;

/** Makes clients of what they tell of themselves. */
public sealed interface ClientDrafts<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.clientdrafts";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Checks what a client tells (RFC 7591, section 2), and makes a secret where it needs one. Fails with
     * invalid_client_metadata or invalid_redirect_uri.
     *
     * @param clientId null: a new one is made
     * @param metadata a JSON object, of 64 KiB at most
     * @param existing a {@link ClientStatement} of the client that is to be replaced; null: it is new
     * @param secret that the client showed to be its own; null: it showed none
     */
    record Make(
            String tenant,
            @Nullable String clientId,
            Source source,
            String metadata,
            @Nullable Attestation existing,
            @Nullable Secret secret)
            implements ClientDrafts<Made> {
        /** Without what a client says of itself. */
        @Override
        public String toString() {
            return "Make[tenant=" + tenant + ", source=" + source + "]";
        }
    }

    /**
     * @param draft a {@link ClientDraft}
     * @param secret that was made for it; null: it needs none, or keeps its own
     */
    record Made(Attestation draft, @Nullable Secret secret) {}
}
