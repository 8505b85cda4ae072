package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.TokenTerms;
import org.jspecify.annotations.Nullable;

/**
 * What a grant is asked for.
 *
 * @param client that authenticated and may use the grant
 * @param terms on which its tokens are wanted; null: on those of the grant alone
 */
record GrantRequest(
        AuthenticatedClient client,
        Parameters parameters,
        @Nullable TokenTerms terms) {}
