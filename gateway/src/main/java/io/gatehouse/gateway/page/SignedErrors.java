package io.gatehouse.gateway.page;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.limit.Network;
import io.gatehouse.common.limit.Quota;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.oauth.AuthorizationResponse;
import io.gatehouse.gateway.proxy.rate.LocalLimits;

/**
 * Signatures for strangers: what is wrong with an authorization request is told to a client in a JWT, whoever made the request.
 */
public final class SignedErrors {
    private static final String COUNTED = "signed errors";

    private final LocalLimits limits;
    private final Rate rate;

    /**
     * @param limits of the process
     * @param rate for one address
     */
    public SignedErrors(LocalLimits limits, Rate rate) {
        this.limits = limits;
        this.rate = rate;
    }

    /**
     * To be asked before an answer is signed.
     *
     * @throws io.gatehouse.common.error.OAuthFailure {@code Throttled}, where the address has had too many; the person in front
     *     of it is told
     */
    void admit(Exchange exchange, AuthorizationResponse answer) {
        if (!answer.mode().isSigned() || !answer.parameters().containsKey("error") || rate.unlimited()) {
            return;
        }
        Quota quota = limits.take(COUNTED, Network.of(exchange.clientAddress()), rate);
        if (!quota.admitted()) {
            throw new OAuthError.Throttled(quota.retryAfter()).failure();
        }
    }
}
