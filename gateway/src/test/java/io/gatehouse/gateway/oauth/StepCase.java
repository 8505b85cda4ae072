package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.SessionPutting.ConsentRequired;
import io.gatehouse.common.message.Codes.SessionPutting.LoginRequired;
import io.gatehouse.common.message.Codes.SessionPutting.Stored;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import java.util.List;
import java.util.Map;

/** A request that was read, and a browser that shows a session. */
abstract class StepCase extends AuthorizationCase {
    static final SessionProof SESSION =
            new SessionProof(new SessionId(Bytes.of(new byte[SessionId.LENGTH])), Digest.of("secret"));
    static final String SID = SESSION.id().sid();
    /** Of the consent that is asked about. */
    static final long EPOCH = 3;

    static final UserProfile ADA = new UserProfile(
            "main",
            Tokens.SUBJECT,
            "ada",
            null,
            null,
            false,
            null,
            false,
            null,
            List.of(),
            UserState.ACTIVE,
            TestClock.START,
            null,
            Map.of());

    /** The store's answer to every code that is put. */
    void answer(SessionPutting putting) {
        node.on(Codes.PutBySession.class, put -> (Record) putting);
    }

    void stores() {
        node.on(Codes.PutBySession.class, put -> new Stored(SID, put.expiresAt()));
    }

    void wantsLogin() {
        answer(new LoginRequired());
    }

    void wantsConsent(String remembered) {
        answer(new ConsentRequired(SID, ADA, Scope.parse(remembered), EPOCH));
    }

    Step next(AuthorizationRequest request) {
        return await(service.next(request, SESSION));
    }

    Codes.PutBySession put() {
        return node.askedOnce(Codes.PutBySession.class);
    }

    static AuthorizationResponse answered(Step step) {
        assertThat(step).isInstanceOf(Step.Answer.class);
        return ((Step.Answer) step).response();
    }

    static void assertError(Code code, Step step) {
        assertThat(answered(step).parameters())
                .containsEntry("error", code.error())
                .containsEntry("state", STATE)
                .containsEntry("iss", TestNode.ISSUER);
    }
}
