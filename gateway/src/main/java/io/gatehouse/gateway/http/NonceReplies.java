package io.gatehouse.gateway.http;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.error.Code;
import io.gatehouse.gateway.oauth.DpopNonces;
import io.gatehouse.gateway.oauth.Refusals;
import io.vertx.core.Future;

/** Answers a proof that lacks a nonce with one (RFC 9449, sections 8 and 9). */
public final class NonceReplies {
    private final DpopNonces nonces;
    private final ErrorStyle style;

    /** @param style of the errors of the path */
    public NonceReplies(DpopNonces nonces, ErrorStyle style) {
        this.nonces = nonces;
        this.style = style;
    }

    /** The reply to a failed request; fails likewise where the failure is of another kind. */
    public Future<Reply> recover(String tenant, Throwable failure) {
        return Refusals.is(failure, Code.USE_DPOP_NONCE)
                ? nonces.fresh(tenant)
                        .map(nonce -> style.render(Incidents.error(failure)).with("DPoP-Nonce", nonce))
                : Future.failedFuture(failure);
    }
}
