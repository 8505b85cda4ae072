package io.gatehouse.gateway.oauth;

import io.vertx.core.Future;

/** One grant type. The pipeline has authenticated the client and knows that it may use this grant. */
interface Grant {
    /** The {@code grant_type} value. */
    String grantType();

    Future<TokenResponse> grant(GrantRequest request);
}
