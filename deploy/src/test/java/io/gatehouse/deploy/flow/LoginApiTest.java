package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Document 002 and its siblings, row by row. */
class LoginApiTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();

    @Test
    void loginGivesTheFourMembers() {
        Answer answer = caller.logIn();
        assertThat(answer.json().fieldNames())
                .containsExactlyInAnyOrder("access_token", "refresh_token", "token_type", "expires_in");
        assertThat(answer.text("token_type")).isEqualTo("bearer");
        assertThat(answer.json().getInteger("expires_in")).isEqualTo(900);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    /** The sample of the document, but for grant_type: its "example" is refused by the original as well. */
    @Test
    void theSampleOfTheDocumentWorks() {
        Answer answer = caller.post(
                "/api/auth/login",
                null,
                "grant_type",
                "password",
                "username",
                "ada",
                "password",
                RunningNode.ADA_PASSWORD,
                "scope",
                "",
                "client_id",
                "example",
                "client_secret",
                "example");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void everySpellingOfThePathWorks() {
        for (String path : List.of("/auth/login", "/auth/login/", "/api/auth/login", "/api/auth/login/")) {
            assertThat(caller.post(path, null, "username", "ada", "password", RunningNode.ADA_PASSWORD)
                            .status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void theUsernameIsComparedWithoutCase() {
        assertThat(caller.post("/auth/login", null, "username", "ADA", "password", RunningNode.ADA_PASSWORD)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void multipartIsReadLikeAForm() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nada\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n" + RunningNode.ADA_PASSWORD
                + "\r\n--b--\r\n";
        Answer answer = caller.postRaw(
                "/auth/login", null, "multipart/form-data; boundary=b", body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void wrongPasswordAndUnknownUserAreTheSameAnswer() {
        Answer wrong = caller.post("/auth/login", null, "username", "ada", "password", "wrong");
        Answer unknown = caller.post("/auth/login", null, "username", "nobody", "password", "wrong");
        assertProblem(wrong, 401, "Unauthorized", "Incorrect username or password");
        assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(unknown.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void missingAndMalformedFieldsAre422() {
        assertProblem(
                caller.post("/auth/login", null),
                422,
                "Unprocessable Entity",
                "body.username: Field required; body.password: Field required");
        assertThat(login422("username", "ada", "password", "")).contains("body.password: Field required");
        assertThat(login422("username", "ada", "password", "x", "grant_type", "example"))
                .contains("body.grant_type");
        assertThat(login422("username", "a".repeat(151), "password", "x")).contains("body.username");
        assertThat(login422("username", "ada", "password", "x".repeat(1025))).contains("body.password");
        assertThat(login422("username", "ada", "username", "ada", "password", "x"))
                .contains("username");
        assertThat(caller.postJson("/auth/login", null, "{\"username\":\"ada\"}")
                        .status())
                .isEqualTo(422);
        assertThat(caller.postRaw("/auth/login", null, null, "username=ada".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whatIsNotUtf8Is400() {
        for (String body : List.of("username=%ff&password=x", "username=%zz&password=x", "username=a%00&password=x")) {
            Answer answer = caller.postRaw(
                    "/auth/login", null, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void otherPathsMethodsAndSizesAreProblemsToo() {
        assertProblem(caller.get("/auth/nothing", null), 404, "Not Found", "there is no such path");
        Answer method = caller.get("/auth/login", null);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).isEqualTo("POST");
        assertThat(method.header("Content-Type")).isEqualTo("application/problem+json");
        Answer large =
                caller.postRaw("/auth/login", null, "application/x-www-form-urlencoded", new byte[64 * 1024 + 1]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aRegisteredClientMustShowItsSecret() {
        Answer wrong = caller.post(
                "/auth/login",
                null,
                "username",
                "ada",
                "password",
                RunningNode.ADA_PASSWORD,
                "client_id",
                "demo",
                "client_secret",
                "wrong");
        assertThat(wrong.status()).isEqualTo(401);
    }

    /** Who shows no secret is nobody: a public client's id changes nothing, nor does a confidential one's alone. */
    @Test
    void aClientIdAloneIsIgnored() {
        for (String clientId : List.of("demo-spa", "demo", "nobody")) {
            String token = caller.logIn("client_id", clientId).text("access_token");
            assertThat(BabelBirdCaller.claims(token).getString("client_id")).isEqualTo("gatehouse.login");
        }
    }

    /** The original refuses the value as well. */
    @Test
    void theSampleAsItStandsIsRefusedForItsGrantType() {
        String sample = "grant_type=example&username=ada&password=" + RunningNode.ADA_PASSWORD
                + "&scope=&client_id=example&client_secret=example";
        Answer answer =
                caller.send("POST", "/api/auth/login", sample, "Content-Type", "application/x-www-form-urlencoded");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("detail")).contains("body.grant_type");
    }

    private String login422(String... pairs) {
        Answer answer = caller.post("/auth/login", null, pairs);
        assertThat(answer.status()).isEqualTo(422);
        return answer.text("detail");
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
