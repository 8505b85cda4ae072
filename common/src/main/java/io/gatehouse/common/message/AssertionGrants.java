package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import org.jspecify.annotations.Nullable;

/** Assertions of issuers that a tenant trusts, by which users are logged in (RFC 7521, section 4.1; RFC 7523, section 2.1). */
public sealed interface AssertionGrants<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.assertiongrants";

    /** RFC 7523, section 2.1. */
    String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** What is said of one that no trusted issuer is proved to have signed for the client. */
    String REFUSAL = "the assertion is none that a trusted issuer signed for this client";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Checks all but whether the assertion was presented before and whom it means; fails with invalid_grant.
     *
     * @param client a {@link ClientStatement}
     * @param fetchedKeys the JWK Set that was found where {@link KeysWanted} said, as JSON; null: nothing was fetched. For
     *     these keys the token role has the gateway's word only.
     */
    record Verify(
            String tenant,
            Attestation client,
            Secret assertion,
            @Nullable String fetchedKeys) implements AssertionGrants<Verification> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    sealed interface Verification {
        /** @param statement an {@link AssertionStatement} */
        record Verified(Attestation statement) implements Verification {}

        /**
         * The issuer publishes its keys: fetch them and ask again.
         *
         * @param kid of the key that is needed; null: any
         */
        record KeysWanted(String jwksUri, @Nullable String kid) implements Verification {}
    }
}
