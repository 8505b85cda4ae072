package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The siblings of document 002, row by row: refresh, logout, me. */
class LoginApiSiblingsTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();

    @Test
    void everySpellingOfThePathsWorks() {
        for (String base : List.of("/auth", "/api/auth")) {
            for (String end : List.of("", "/")) {
                Answer login = caller.logIn();
                String token = "Bearer " + login.text("access_token");
                assertThat(caller.get(base + "/me" + end, token).status()).isEqualTo(200);
                assertThat(caller.postJson(base + "/refresh" + end, null, body(login.text("refresh_token")))
                                .status())
                        .isEqualTo(200);
                assertThat(caller.send("POST", base + "/logout" + end, "", "Authorization", token)
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    @Test
    void refreshRotates() {
        String token = caller.logIn().text("refresh_token");
        Answer answer = refresh("{\"refresh_token\":\"" + token + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("refresh_token")).isNotEqualTo(token);
        assertThat(answer.text("token_type")).isEqualTo("bearer");
    }

    @Test
    void manyRefreshesAtOnceShareTheSuccessor() {
        String json = body(caller.logIn().text("refresh_token"));
        List<CompletableFuture<Answer>> sent = IntStream.range(0, 64)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> refresh(json)))
                .toList();
        List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        Set<String> successors =
                answers.stream().map(answer -> answer.text("refresh_token")).collect(Collectors.toSet());
        assertThat(successors).hasSize(1);
        assertThat(refresh(body(successors.iterator().next())).status()).isEqualTo(200);
    }

    @Test
    void aStaleRefreshTokenEndsTheSession() {
        Answer first = caller.logIn();
        Answer second = refresh(body(first.text("refresh_token")));
        Answer third = refresh(body(second.text("refresh_token")));
        String token = "Bearer " + third.text("access_token");
        assertThat(caller.get("/auth/me", token).status()).isEqualTo(200);
        assertThat(refresh(body(first.text("refresh_token"))).status()).isEqualTo(401);
        assertThat(refresh(body(third.text("refresh_token"))).status()).isEqualTo(401);
        assertThat(caller.get("/auth/me", token).status()).isEqualTo(401);
    }

    @Test
    void refreshRefusesInItsOwnWords() {
        assertProblem(refresh("{\"refresh_token\":\"x\"}"), 401, "Unauthorized", "Invalid or expired refresh token");
        assertThat(refresh("{\"refresh_token\":\"\"}").status()).isEqualTo(401);
        assertThat(caller.postRaw("/auth/refresh", null, null, new byte[0]).status())
                .isEqualTo(401);
        for (String body : List.of(
                "{}",
                "[]",
                "{\"refresh_token\":1}",
                "{\"refresh_token\":null}",
                "{\"refresh_token\":\"" + "x".repeat(513) + "\"}",
                "{\"refresh_token\":\"x\",\"refresh_token\":\"y\"}",
                "{\"refresh_token\":\"x\"} {}",
                "[".repeat(5000),
                "not json")) {
            assertThat(refresh(body).status()).as(body).isEqualTo(422);
        }
    }

    @Test
    void meTellsWhoIAm() {
        Answer me = caller.get("/auth/me/", "Bearer " + caller.logIn().text("access_token"));
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().fieldNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "username",
                        "email",
                        "is_active",
                        "status",
                        "last_login_at",
                        "created_at",
                        "roles",
                        "quota_usage");
        assertThat(me.text("username")).isEqualTo("ada");
        assertThat(me.text("email")).isEqualTo("ada@example.org");
        assertThat(me.text("status")).isEqualTo("active");
        assertThat(me.text("last_login_at")).isNotNull();
        assertThat(me.json().getJsonArray("roles")).containsExactly("editor");
    }

    @Test
    void meRefusesEverythingElse() {
        Answer none = caller.get("/auth/me", null);
        assertProblem(none, 401, "Unauthorized", "Could not validate credentials");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        Answer garbage = caller.get("/auth/me", "Bearer x.y.z");
        assertThat(garbage.status()).isEqualTo(401);
        assertThat(garbage.header("WWW-Authenticate")).startsWith("Bearer error=\"invalid_token\"");
        String own = caller.post("/oauth2/token", Caller.DEMO, "grant_type", "client_credentials")
                .text("access_token");
        assertThat(caller.get("/auth/me", "Bearer " + own).status()).isEqualTo(401);
    }

    @Test
    void logoutEndsEverythingTheUserHas() {
        Answer one = caller.logIn();
        Answer other = caller.logInForDemo();
        Answer out = caller.postRaw("/auth/logout", "Bearer " + one.text("access_token"), null, new byte[0]);
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.body()).isEmpty();
        for (Answer login : List.of(one, other)) {
            assertThat(caller.get("/auth/me", "Bearer " + login.text("access_token"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(refresh("{\"refresh_token\":\"" + one.text("refresh_token") + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(caller.post(
                                "/oauth2/token",
                                Caller.DEMO,
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                other.text("refresh_token"))
                        .error())
                .isEqualTo("400 invalid_grant");
        assertThat(caller.logIn().status()).isEqualTo(200);
    }

    @Test
    void logoutTakesARefreshTokenToo() {
        Answer login = caller.logIn();
        Answer out =
                caller.postJson("/auth/logout/", null, "{\"refresh_token\":\"" + login.text("refresh_token") + "\"}");
        assertThat(out.status()).isEqualTo(204);
        assertThat(caller.get("/auth/me", "Bearer " + login.text("access_token"))
                        .status())
                .isEqualTo(401);
        assertProblem(
                caller.postRaw("/auth/logout", null, null, new byte[0]), 401, "Unauthorized", "Not authenticated");
    }

    private Answer refresh(String json) {
        return caller.postJson("/auth/refresh", null, json);
    }

    private static String body(String refreshToken) {
        return "{\"refresh_token\":\"" + refreshToken + "\"}";
    }

    private static void assertProblem(Answer answer, int status, String title, String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("type", "title", "status", "detail");
        assertThat(answer.text("type")).isEqualTo("about:blank");
        assertThat(answer.text("title")).isEqualTo(title);
        assertThat(answer.json().getInteger("status")).isEqualTo(status);
        assertThat(answer.text("detail")).isEqualTo(detail);
    }
}
