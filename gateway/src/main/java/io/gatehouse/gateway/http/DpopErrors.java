package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.oauth.DpopProofs;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Set;

/** The challenge of RFC 9449, section 7.1, with the same in a JSON body. */
public final class DpopErrors implements ErrorStyle {
    private static final String REALM = "DPoP realm=\"gatehouse\"";
    private static final String ALGORITHMS = ", algs=\"" + String.join(" ", DpopProofs.ALGORITHMS) + "\"";

    /** To be authenticated anew, whatever the status of such an error elsewhere. */
    private static final Set<Code> OF_PROOFS = EnumSet.of(Code.INVALID_DPOP_PROOF, Code.USE_DPOP_NONCE);

    @Override
    public Reply render(OAuthError error) {
        String name = OAuthErrors.name(error);
        String description = ErrorStatus.describe(error);
        JsonObject body = new JsonObject().put("error", name).put("error_description", description);
        boolean ofProof = error instanceof OAuthError.Protocol protocol && OF_PROOFS.contains(protocol.code());
        Reply reply = Reply.secretJson(ofProof ? 401 : ErrorStatus.of(error), body);
        boolean challenged = ofProof || BearerErrors.isChallenged(error);
        return ErrorStatus.retryable(challenged ? challenged(reply, name, description) : reply, error);
    }

    /** Beside another challenge, to a request that shows no token at all. */
    static Reply alsoAskForToken(Reply reply) {
        return reply.with("WWW-Authenticate", REALM + ALGORITHMS);
    }

    /** Our own words and names: nothing in them needs quoting. */
    private static Reply challenged(Reply reply, String name, String description) {
        return reply.with(
                "WWW-Authenticate",
                REALM + ", error=\"" + name + "\", error_description=\"" + description + "\"" + ALGORITHMS);
    }
}
