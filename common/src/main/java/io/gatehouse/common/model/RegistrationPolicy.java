package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may register clients with a tenant (RFC 7591), and what these may have.
 *
 * @param initialAccessTokens digests of the tokens that let register
 * @param scope the widest of a client that registered, and what one has that names none
 * @param resources that its tokens may be for (RFC 8707)
 * @param mostClients that may be registered at a time
 * @param unusedLife after so long without use it is forgotten
 * @param statementIssuers whose software statements count
 * @param metadataDocuments whether a client may be the address of a document that describes it
 */
public record RegistrationPolicy(
        Mode mode,
        List<Digest> initialAccessTokens,
        Scope scope,
        List<String> resources,
        long mostClients,
        Duration unusedLife,
        List<StatementIssuer> statementIssuers,
        boolean metadataDocuments) {
    /** Of a tenant that says nothing. */
    public static final RegistrationPolicy NONE =
            new RegistrationPolicy(Mode.OFF, List.of(), Scope.EMPTY, List.of(), 0, Duration.ZERO, List.of(), false);

    public RegistrationPolicy {
        initialAccessTokens = List.copyOf(initialAccessTokens);
        resources = List.copyOf(resources);
        statementIssuers = List.copyOf(statementIssuers);
    }

    /** Who may. */
    public enum Mode {
        /** Whoever shows one of the initial access tokens. */
        TOKEN,
        /** Anybody; nobody vouches for such a client. */
        OPEN,
        OFF
    }

    /** @param jwks its public keys, a JWK Set as JSON */
    public record StatementIssuer(String issuer, String jwks) {}

    /** Whether anybody at all could register. */
    public boolean isOffered() {
        return switch (mode) {
            case TOKEN -> !initialAccessTokens.isEmpty();
            case OPEN -> true;
            case OFF -> false;
        };
    }

    /**
     * Whether it is an initial access token. Looks at every one, so that the time taken does not tell which one matched.
     *
     * @param shown null: none
     */
    public boolean isTrusted(@Nullable Digest shown) {
        boolean matched = false;
        for (Digest token : initialAccessTokens) {
            matched |= token.equals(shown);
        }
        return matched && mode != Mode.OFF;
    }
}
