package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client came here that the configuration does not declare.
 *
 * @param source who told of it
 * @param accessToken digest of its registration access token (RFC 7592); null: it has none
 * @param verified whether somebody whom the tenant trusts vouches for it; where not, people are told
 * @param clientUri a page about it; null: none
 * @param logoUri kept and told, never shown; null: none
 * @param contacts kept and told, never shown
 * @param softwareId null: none
 * @param softwareVersion null: none
 * @param sectorIdentifierUri that it registered for pairwise subjects; null: none
 * @param trusted whether it registered by an initial access token of the tenant, and may have what those may
 */
public record SelfRegistration(
        Source source,
        @Nullable Digest accessToken,
        boolean verified,
        @Nullable String clientUri,
        @Nullable String logoUri,
        List<String> contacts,
        @Nullable String softwareId,
        @Nullable String softwareVersion,
        @Nullable String sectorIdentifierUri,
        boolean trusted) {
    public SelfRegistration {
        contacts = List.copyOf(contacts);
    }

    /** Who told of a client. */
    public enum Source {
        /** Itself, or its developer, at the registration endpoint (RFC 7591). */
        REGISTRATION,
        /** The document that its client id is the address of. */
        METADATA_DOCUMENT
    }
}
