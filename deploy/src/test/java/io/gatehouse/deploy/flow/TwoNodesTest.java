package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes with all roles on one database: to clients they are one. */
@ParameterizedClass
@EnumSource(names = {"POSTGRES", "REDIS"})
record TwoNodesTest(BackEnd backEnd) {
    private static final int MANY = 64;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static RunningNode one;
    private static RunningNode other;

    /** At once, on a database without tables and keys. */
    @BeforeParameterizedClassInvocation
    static void startBoth(BackEnd backEnd) {
        one = RunningNode.demo().with("issuer", "http://127.0.0.1:18080").on(backEnd);
        other = RunningNode.demo().with("issuer", "http://127.0.0.1:18080").beside(one);
        CompletableFuture.allOf(CompletableFuture.runAsync(one::start), CompletableFuture.runAsync(other::start))
                .join();
    }

    @AfterParameterizedClassInvocation
    static void stopBoth() throws IOException {
        one.stop();
        other.stop();
        one.forget();
    }

    @Test
    void bothSignWithTheSameKeys() {
        assertThat(one.caller().get("/oauth2/jwks", null).json())
                .isEqualTo(other.caller().get("/oauth2/jwks", null).json());
        String token = one.caller().logIn().text("access_token");
        assertThat(me(other, token)).isEqualTo(200);
    }

    @Test
    void aRefreshTokenRotatesOnEither() {
        Answer login = one.caller().logIn();
        Answer second = refresh(other, login);
        Answer third = refresh(one, second);
        assertThat(third.status()).isEqualTo(200);
        assertThat(refresh(other, third).status()).isEqualTo(200);
        assertThat(refresh(one, login).status()).as("a stale one").isEqualTo(401);
        assertThat(refresh(other, third).status()).as("of a grant that ended").isEqualTo(401);
        eventually(() -> me(other, third.text("access_token")) == 401);
    }

    @Test
    void ofManyRefreshesAtOnceOneRotates() {
        String token = one.caller().logInForDemo().text("refresh_token");
        List<Answer> answers = atOnce("/oauth2/token", "grant_type", "refresh_token", "refresh_token", token);
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.text("refresh_token")).distinct())
                .hasSize(1);
    }

    @Test
    void ofManyPresentationsOfACodeOneSucceedsAndWhatItGaveIsDead() {
        String code = new BabelBirdCaller(one.caller()).code();
        List<Answer> answers = atOnce(BabelBirdCaller.TOKEN, "grant_type", "authorization_code", "code", code);
        List<Answer> given =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(given).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 400).hasSize(MANY - 1);
        for (RunningNode node : List.of(one, other)) {
            BabelBirdCaller api = new BabelBirdCaller(node.caller());
            eventually(() -> !api.isActive(given.getFirst().text("access_token")));
            assertThat(api.refresh(given.getFirst().text("refresh_token")).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aClientsJwtCountsOnce() {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo"));
        BabelBirdCaller here = new BabelBirdCaller(one.caller());
        BabelBirdCaller there = new BabelBirdCaller(other.caller());
        assertThat(here.authorizeBy("demo", jwt, "email", "ada@example.org").status())
                .isEqualTo(200);
        assertThat(there.authorizeBy("demo", jwt, "email", "ada@example.org").status())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void whatOneHasRevokedTheOtherRefusesSoon() {
        String token = one.caller().logInForDemo().text("access_token");
        assertThat(me(other, token)).isEqualTo(200);
        assertThat(one.caller()
                        .post("/oauth2/revoke", Caller.DEMO, "token", token)
                        .status())
                .isEqualTo(200);
        assertThat(me(one, token)).isEqualTo(401);
        eventually(() -> me(other, token) == 401);
    }

    @Test
    void aLogoutOnOneEndsTheSessionsOnTheOther() {
        Answer login = other.caller().post("/auth/login", null, "username", "admin", "password", "admin-demo-password");
        assertThat(one.caller()
                        .send("POST", "/auth/logout", "", "Authorization", "Bearer " + login.text("access_token"))
                        .status())
                .isLessThan(300);
        assertThat(refresh(other, login).status()).isEqualTo(401);
        eventually(() -> me(other, login.text("access_token")) == 401);
    }

    private static List<Answer> atOnce(String path, String... pairs) {
        List<CompletableFuture<Answer>> sent = IntStream.range(0, MANY)
                .mapToObj(i -> (i % 2 == 0 ? one : other).caller().postLater(path, Caller.DEMO, pairs))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static Answer refresh(RunningNode node, Answer last) {
        String body = "{\"refresh_token\":\"" + last.text("refresh_token") + "\"}";
        return node.caller().postJson("/auth/refresh", null, body);
    }

    private static int me(RunningNode node, String accessToken) {
        return node.caller().get("/auth/me", "Bearer " + accessToken).status();
    }

    private static void eventually(BooleanSupplier fact) {
        long start = System.nanoTime();
        while (!fact.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
