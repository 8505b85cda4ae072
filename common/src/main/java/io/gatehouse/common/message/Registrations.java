package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.gatehouse.common.model.SequencedDenial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clients that nobody declared: they register (RFC 7591), manage themselves (RFC 7592), or are described by a document. */
public sealed interface Registrations<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.registrations";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Asked before anything is fetched or checked. Fails with access_denied where nobody may, with invalid_token where the
     * token is none, and with {@code Throttled}.
     *
     * @param initialAccessToken digest of what the request shows; null: nothing
     * @param remoteAddress the throttle's key
     */
    record Admit(String tenant, Source source, @Nullable Digest initialAccessToken, String remoteAddress)
            implements Registrations<Admitted> {}

    /** @param trusted whether the token is one of the tenant's */
    record Admitted(boolean trusted) {}

    /**
     * Writes a new client, within what the tenant lets it have. Fails as {@link Admit} does, with invalid_client_metadata where
     * it may not have what it wants, and with {@code Throttled} where the tenant has too many.
     *
     * @param draft a {@link ClientDraft}
     * @param accessToken digest of its registration access token
     * @param vouched whether a software statement vouches for it
     */
    record Register(Attestation draft, @Nullable Digest initialAccessToken, Digest accessToken, boolean vouched)
            implements Registrations<Registered> {}

    /** @param client as it was written */
    record Registered(Client client) {}

    /** Fails with access_denied where the client is disabled. */
    record Read(String tenant, String clientId, Digest accessToken) implements Registrations<Found> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param client a {@link ClientStatement}; null: there is none of that id and token */
    record Found(@Nullable Attestation client) {}

    /**
     * Writes the client anew, checked as at its registration. Fails like {@link Register}, with invalid_token where there is
     * none of that id and token, with access_denied where it is disabled, and with {@code Conflict} where somebody else
     * replaced it meanwhile.
     *
     * @param draft a {@link ClientDraft}
     */
    record Replace(Attestation draft, Digest accessToken, boolean vouched) implements Registrations<Registered> {}

    /** Ends the client and everything it was given. Fails like {@link Replace}. */
    record Delete(String tenant, String clientId, Digest accessToken) implements Registrations<Deleted> {}

    record Deleted(List<SequencedDenial> denials) {
        public Deleted {
            denials = List.copyOf(denials);
        }
    }

    /**
     * Says what the document holds that a client's id is the address of. What the configuration declares stays, and so does the
     * state of a client. Fails like {@link Register}.
     *
     * @param draft a {@link ClientDraft}
     */
    record Present(Attestation draft) implements Registrations<Registered> {}
}
