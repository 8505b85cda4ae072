package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which login will do: how recent, and whose. */
class FreshLoginTest extends StepCase {
    @BeforeEach
    void hints() {
        node.on(
                IdTokens.ReadHint.class,
                read -> new IdTokens.HintRead(new IdTokens.Hint("web", Tokens.SUBJECT, null, TestClock.START)));
    }

    private Instant oldest(AuthorizationRequest request) {
        stores();
        next(request);
        return put().notBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account", "login consent"})
    void aPromptIsMetByALoginOfThisVeryRequest(String prompt) {
        AuthorizationRequest request = read("prompt", prompt, "max_age", "3600");
        node.clock.pass(Duration.ofMinutes(2));

        assertThat(oldest(request)).isEqualTo(TestClock.START);
    }

    @Test
    void maxAgeZeroIsAFreshLogin() {
        AuthorizationRequest request = read("max_age", "0");
        node.clock.pass(Duration.ofMinutes(2));

        assertThat(oldest(request)).isEqualTo(TestClock.START);
    }

    @Test
    void maxAgeCountsBackFromNow() {
        assertThat(oldest(read("max_age", "3600"))).isEqualTo(TestClock.START.minusSeconds(3600));
    }

    /** Else whoever reads a consent page for longer than that would log in for ever. */
    @Test
    void aLoginOfThisRequestIsNeverTooOld() {
        AuthorizationRequest request = read("max_age", "1");
        node.clock.pass(Duration.ofMinutes(2));

        assertThat(oldest(request)).isEqualTo(TestClock.START);
    }

    @Test
    void withoutBothAnyLoginWillDo() {
        assertThat(oldest(read("prompt", "consent"))).isNull();
    }

    @Test
    void aHintedUserIsTheOnlyOneWhoWillDo() {
        stores();
        next(read("id_token_hint", "x"));

        assertThat(put().subject()).isEqualTo(Tokens.SUBJECT);
    }

    @Test
    void aSubjectInTheClaimsIsAsGood() {
        stores();
        next(read("claims", "{\"id_token\":{\"sub\":{\"value\":\"ada\"}}}"));

        assertThat(put().subject()).isEqualTo("ada");
    }

    @Test
    void withPromptNoneAnotherUserIsLoginRequired() {
        wantsLogin();

        assertError(Code.LOGIN_REQUIRED, next(read("id_token_hint", "x", "prompt", "none")));
        assertThat(node.asked(Sessions.Find.class)).isEmpty();
    }

    @Test
    void anotherUserWhoWasThereBeforeMayMakeRoom() {
        wantsLogin();
        thereIs("somebody-else", TestClock.START.minusSeconds(1));

        assertThat(next(read("id_token_hint", "x"))).isInstanceOf(Step.LogIn.class);
    }

    @Test
    void anotherUserWhoLoggedInForItIsTheAnswer() {
        wantsLogin();
        thereIs("somebody-else", TestClock.START);

        assertError(Code.LOGIN_REQUIRED, next(read("id_token_hint", "x")));
    }

    @Test
    void theHintedUserLogsInAgainWhereTheLoginIsTooOld() {
        wantsLogin();
        thereIs(Tokens.SUBJECT, TestClock.START);

        assertThat(next(read("id_token_hint", "x"))).isInstanceOf(Step.LogIn.class);
    }

    private void thereIs(String subject, Instant authTime) {
        UserProfile user = new UserProfile(
                "main",
                subject,
                "bob",
                null,
                null,
                false,
                null,
                false,
                null,
                List.of(),
                ADA.state(),
                ADA.createdAt(),
                null,
                Map.of());
        node.on(
                Sessions.Find.class,
                find -> new Sessions.Found(new Sessions.Current(
                        SID, user, authTime, List.of("pwd"), TestClock.START.plus(Duration.ofDays(1)))));
    }
}
