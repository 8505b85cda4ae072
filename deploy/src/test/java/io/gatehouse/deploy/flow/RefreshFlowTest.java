package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 6749, section 6, and RFC 9700, section 4.14: rotation, reuse, and the idempotent replay. */
class RefreshFlowTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();

    @Test
    void rotatesAndKeepsTheScope() {
        String first = caller.logInForDemo().text("refresh_token");
        Answer answer = refresh(first);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("refresh_token")).hasSize(86).isNotEqualTo(first);
        assertThat(answer.text("scope")).isEqualTo("api openid");
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(refresh(answer.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void scopeMayShrinkForOneTokenButNeverGrow() {
        String first = caller.logInForDemo().text("refresh_token");
        Answer wider = refresh(first, "scope", "api phone");
        assertThat(wider.error()).isEqualTo("400 invalid_scope");
        Answer narrower = refresh(first, "scope", "api");
        assertThat(narrower.text("scope")).isEqualTo("api");
        assertThat(refresh(narrower.text("refresh_token")).text("scope")).isEqualTo("api openid");
    }

    @Test
    void aReplayWithinTheWindowGivesTheSameSuccessor() {
        String first = caller.logInForDemo().text("refresh_token");
        String successor = refresh(first).text("refresh_token");
        Answer replay = refresh(first);
        assertThat(replay.status()).isEqualTo(200);
        assertThat(replay.text("refresh_token")).isEqualTo(successor);
    }

    @Test
    void aStaleTokenKillsTheGrantAndAllThatCameFromIt() {
        Answer login = caller.logInForDemo();
        Answer second = refresh(login.text("refresh_token"));
        Answer third = refresh(second.text("refresh_token"));
        assertThat(active(third.text("access_token"))).isTrue();
        assertThat(refresh(login.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        assertThat(refresh(third.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        for (Answer answer : List.of(login, second, third)) {
            assertThat(active(answer.text("access_token"))).isFalse();
        }
    }

    @Test
    void isBoundToItsClient() {
        String token = caller.logInForDemo().text("refresh_token");
        Answer stranger = caller.post(
                "/oauth2/token", null, "grant_type", "refresh_token", "refresh_token", token, "client_id", "demo-spa");
        assertThat(stranger.error()).isEqualTo("400 invalid_grant");
        assertThat(caller.postJson("/auth/refresh", null, "{\"refresh_token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(refresh(token).status()).isEqualTo(200);
    }

    @Test
    void aGrantOfTheLoginPathsWorksOnlyThere() {
        String token = caller.logIn().text("refresh_token");
        assertThat(refresh(token).error()).isEqualTo("400 invalid_grant");
        assertThat(caller.post(
                                "/oauth2/token",
                                null,
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                token,
                                "client_id",
                                "gatehouse.login")
                        .error())
                .isEqualTo("400 unauthorized_client");
    }

    @Test
    void aForgedSecretOfTheRightFamilyOnlyEndsThatGrantAndAForgedFamilyNothing() {
        String token = caller.logInForDemo().text("refresh_token");
        String otherFamily = token.substring(0, 30) + flip(token.charAt(30)) + token.substring(31);
        assertThat(refresh(otherFamily).error()).isEqualTo("400 invalid_grant");
        assertThat(refresh(token).status()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsNoRefreshToken() {
        for (String token : List.of("x", "A".repeat(86), "A".repeat(85) + "=", "A".repeat(20_000))) {
            assertThat(refresh(token).error()).isEqualTo("400 invalid_grant");
        }
        assertThat(caller.post("/oauth2/token", Caller.DEMO, "grant_type", "refresh_token")
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    void sixtyFourAtOnceRotateOnceAndShareTheSuccessor() {
        String token = caller.logInForDemo().text("refresh_token");
        List<Answer> answers = parallel(caller, token);
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.text("refresh_token")).distinct())
                .hasSize(1);
        assertThat(refresh(answers.get(0).text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void withoutAWindowOneOfSixtyFourWinsAndTheGrantDies() {
        RunningNode strict = RunningNode.demo().on(NODE.backEnd()).with("tokens.refresh_replay_window", "PT0S");
        strict.start();
        try {
            Caller other = strict.caller();
            String token = other.logInForDemo().text("refresh_token");
            List<Answer> answers = parallel(other, token);
            List<Answer> won =
                    answers.stream().filter(answer -> answer.status() == 200).toList();
            assertThat(won).hasSize(1);
            assertThat(other.post(
                                    "/oauth2/token",
                                    Caller.DEMO,
                                    "grant_type",
                                    "refresh_token",
                                    "refresh_token",
                                    won.get(0).text("refresh_token"))
                            .error())
                    .isEqualTo("400 invalid_grant");
        } finally {
            strict.stop();
        }
    }

    private static List<Answer> parallel(Caller to, String token) {
        List<CompletableFuture<Answer>> underway = IntStream.range(0, 64)
                .mapToObj(i -> to.postLater(
                        "/oauth2/token", Caller.DEMO, "grant_type", "refresh_token", "refresh_token", token))
                .toList();
        return underway.stream().map(CompletableFuture::join).toList();
    }

    private Answer refresh(String token, String... more) {
        String[] pairs = new String[more.length + 4];
        pairs[0] = "grant_type";
        pairs[1] = "refresh_token";
        pairs[2] = "refresh_token";
        pairs[3] = token;
        System.arraycopy(more, 0, pairs, 4, more.length);
        return caller.post("/oauth2/token", Caller.DEMO, pairs);
    }

    private boolean active(String accessToken) {
        return caller.post("/oauth2/introspect", Caller.DEMO, "token", accessToken)
                .json()
                .getBoolean("active");
    }

    private static char flip(char c) {
        return c == 'A' ? 'B' : 'A';
    }
}
