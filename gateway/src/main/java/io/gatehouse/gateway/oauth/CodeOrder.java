package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.SessionProof;
import java.time.Duration;
import java.time.Instant;

/**
 * A code that the store is asked to write.
 *
 * @param code what the client gets once it is written; the store knows its digest only
 */
record CodeOrder(Codes.PutBySession put, Secret code) {
    /**
     * @param consentEpoch as the question said; 0: there was none
     * @param life how long the code may wait
     */
    static CodeOrder of(
            Client client,
            AuthorizationRequest request,
            SessionProof session,
            Consenting consenting,
            long consentEpoch,
            Instant now,
            Duration life) {
        CodeId.Made made = CodeId.make(now.plus(life));
        Codes.PutBySession put = new Codes.PutBySession(
                request.tenant(),
                session,
                request.clientId(),
                request.family(),
                request.scope(),
                consenting,
                MaxAge.oldest(request, now),
                request.hintedSubject(),
                client.registration().backchannelLogoutUri() != null,
                request.redirectUriGiven() ? request.redirectUri() : null,
                request.codeChallenge(),
                request.nonce(),
                request.claims(),
                made.id(),
                now.plus(life),
                request.confirmation(),
                request.access(),
                consentEpoch);
        return new CodeOrder(put, made.code());
    }
}
