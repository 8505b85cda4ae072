package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Client authentication by a signed assertion (RFC 7523, section 3; OpenID Connect Core, section 9). */
public sealed interface ClientAssertions<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.clientassertions";

    /** What is said of one that is not proved to be the client's: the same as of a client that is not there. */
    String REFUSAL =
            "client authentication failed: check the client_assertion, and the method and keys that the client registered";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Checks all but whether the assertion was presented before; fails with invalid_client.
     *
     * @param client a {@link ClientStatement}
     * @param audiences of which the assertion names one, and nothing else
     * @param fetchedKeys the JWK Set that was found at the client's {@code jwks_uri}, as JSON; null: it registered its keys
     *     themselves, or has a secret. For these keys the token role has the gateway's word only.
     */
    record Verify(
            String tenant,
            Attestation client,
            Secret assertion,
            List<String> audiences,
            @Nullable String fetchedKeys) implements ClientAssertions<Verified> {
        public Verify {
            audiences = List.copyOf(audiences);
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * @param statement a {@link ClientAuthentication}
     * @param replay to be spent ({@link OneTimeValues.Kind#CLIENT_ASSERTION}) before the assertion counts
     * @param replaySince nobody can have presented it before
     * @param replayUntil nobody accepts it from then on
     */
    record Verified(Attestation statement, Digest replay, Instant replaySince, Instant replayUntil) {}
}
