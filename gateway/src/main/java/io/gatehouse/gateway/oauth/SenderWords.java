package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Scope;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.gateway.oauth.TokenInspector.Inspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an assertion says of whoever shows an access token, and the keys that sign it. It says nothing of the token itself:
 * those of the same words, as a client gets them one after the other, get the same assertion.
 *
 * @param subjectEpoch generation of the user
 * @param actors who act for the subject
 */
record SenderWords(
        String tenant,
        long keySetVersion,
        String subject,
        boolean isUser,
        long subjectEpoch,
        String clientId,
        Scope scope,
        List<String> roles,
        @Nullable String sessionId,
        @Nullable String gid,
        List<String> actors)
        implements AssertionService.Basis {
    static SenderWords of(Inspected found) {
        AccessToken token = found.token();
        return new SenderWords(
                token.tenant(),
                found.seen().keySetVersion(),
                token.subject(),
                token.actsForUser(),
                token.subjectEpoch(),
                token.clientId(),
                token.scope(),
                token.roles(),
                token.sessionId(),
                token.gid(),
                token.provenance() == null ? List.of() : token.provenance().actors());
    }
}
