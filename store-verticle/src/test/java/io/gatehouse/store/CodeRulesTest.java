package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.store.CodeRules.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only codes of the authorization endpoint have: a redirect URI and a challenge. */
class CodeRulesTest {
    private static final String URI = "https://app.example.org/cb";
    private static final Verdict REDEEM = new Verdict.Redeem();
    private static final Instant END = Samples.NOW.plus(Duration.ofMinutes(5));
    private static final CodeId ID = new CodeId(1, Digest.of("code"));

    @ParameterizedTest
    @CsvSource({
        "https://app.example.org/cb, challenge, REDEEM",
        ", challenge, REDIRECT_URI",
        "https://app.example.org/cb/, challenge, REDIRECT_URI",
        "HTTPS://app.example.org/cb, challenge, REDIRECT_URI",
        "https://app.example.org/cb, , CODE_VERIFIER",
        "https://app.example.org/cb, other, CODE_VERIFIER",
    })
    void first_mustRepeatWhatTheCodeWasAskedWith(@Nullable String uri, @Nullable String challenge, String outcome) {
        assertThat(decide(code(URI, "challenge", null), take("web", uri, challenge), Samples.NOW))
                .isEqualTo(outcome.equals("REDEEM") ? REDEEM : new Verdict.Burn(TakeRefusal.valueOf(outcome)));
    }

    @Test
    void first_withAVerifierForACodeWithoutChallenge_burns() {
        assertThat(decide(code(URI, null, null), take("web", URI, "challenge"), Samples.NOW))
                .isEqualTo(new Verdict.Burn(TakeRefusal.CODE_VERIFIER));
        assertThat(decide(code(URI, null, null), take("web", URI, null), Samples.NOW))
                .isEqualTo(REDEEM);
    }

    @Test
    void again_killsWithTheRightVerifierOnly() {
        AuthorizationCode spent = code(URI, "challenge", Samples.NOW);
        assertThat(decide(spent, take("web", null, "challenge"), Samples.NOW)).isEqualTo(new Verdict.Replay());
        Verdict refused = new Verdict.Refuse(TakeRefusal.REPLAYED);
        assertThat(decide(spent, take("web", URI, null), Samples.NOW)).isEqualTo(refused);
        assertThat(decide(spent, take("web", URI, "other"), Samples.NOW)).isEqualTo(refused);
        assertThat(decide(spent, take("app", URI, "challenge"), Samples.NOW))
                .isEqualTo(new Verdict.Refuse(TakeRefusal.FOREIGN));
    }

    @Test
    void times_countToTheInstant() {
        Take take = take("web", URI, null);
        AuthorizationCode fresh = code(URI, null, null);
        assertThat(decide(fresh, take, END.minusNanos(1))).isEqualTo(REDEEM);
        assertThat(decide(fresh, take, END)).isEqualTo(new Verdict.Burn(TakeRefusal.EXPIRED));
        AuthorizationCode spent = code(URI, null, Samples.NOW);
        Instant over = END.plus(CodeRules.TOMBSTONE);
        assertThat(decide(spent, take, over.minusNanos(1))).isEqualTo(new Verdict.Replay());
        assertThat(decide(spent, take, over)).isEqualTo(new Verdict.Refuse(TakeRefusal.UNKNOWN));
        assertThat(decide(null, take, Samples.NOW)).isEqualTo(new Verdict.Refuse(TakeRefusal.UNKNOWN));
    }

    @Test
    void ended_isToldFromAGrantThatWasWritten() {
        Grant ended = CodeRules.ended(code(URI, null, Samples.NOW), Samples.NOW);
        assertThat(ended.revokedAt()).isEqualTo(Samples.NOW);
        assertThat(CodeRules.endedBeforeItsWrite(ended)).isTrue();
        assertThat(CodeRules.endedBeforeItsWrite(Samples.grant("web").revoked(Samples.NOW)))
                .isFalse();
    }

    private static Verdict decide(@Nullable AuthorizationCode code, Take take, Instant now) {
        User ada = Declarations.user(null, Samples.ada(), Samples.HASH);
        return CodeRules.decide(take, code, ada, Samples.client("web"), null, null, now);
    }

    private static Take take(String clientId, @Nullable String redirectUri, @Nullable String codeChallenge) {
        return new Take(Tenant.MAIN, clientId, ID, redirectUri, codeChallenge);
    }

    private static AuthorizationCode code(
            @Nullable String redirectUri, @Nullable String codeChallenge, @Nullable Instant takenAt) {
        return CodeSamples.code(ID, END, redirectUri, codeChallenge, takenAt);
    }
}
