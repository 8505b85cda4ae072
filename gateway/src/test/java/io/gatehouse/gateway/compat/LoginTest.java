package io.gatehouse.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.message.Users.Authentication.Rejected;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POST /auth/login as its document says (seed-apis.md, 3.1). */
class LoginTest {
    private static final String ADA = "username=ada&password=pw";
    private final TestGateway gateway = new TestGateway();

    @BeforeEach
    void start() {
        gateway.node
                .on(
                        Users.Authenticate.class,
                        request -> new Authenticated(Samples.ticket(request.clientId(), "openid")))
                .on(Issuer.Issue.class, issue -> Samples.issued(issue.scope()))
                .on(Grants.Open.class, open -> new Grants.Opened(TestClock.START.plus(Duration.ofDays(7))))
                .on(Grants.Revoke.class, revoke -> new Grants.Revoked(Grants.Outcome.REVOKED, List.of()))
                .on(
                        Clients.Find.class,
                        find -> find.clientId().equals("web")
                                ? Samples.found(Samples.client("web"))
                                : new Clients.Found(null));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawReply login(String form) {
        return gateway.postForm("/auth/login", form);
    }

    private Users.Authenticate asked() {
        return gateway.node.askedOnce(Users.Authenticate.class);
    }

    private static void assertProblem(RawReply reply, int status, String detail) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        JsonObject problem = reply.json();
        assertThat(problem.fieldNames()).containsExactlyInAnyOrder("type", "title", "status", "detail");
        assertThat(problem.getString("type")).isEqualTo("about:blank");
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/login", "/auth/login/", "/api/auth/login", "/api/auth/login/", "/t/shop/auth/login"})
    void aLoginGivesBothTokens(String path) {
        RawReply reply = gateway.postForm(path, ADA);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.json().fieldNames())
                .containsExactlyInAnyOrder("access_token", "refresh_token", "token_type", "expires_in");
        assertThat(reply.json().getString("access_token")).isEqualTo("access-token");
        assertThat(reply.json().getString("refresh_token")).hasSize(86);
        assertThat(reply.json().getString("token_type")).isEqualTo("bearer");
        assertThat(reply.json().getInteger("expires_in")).isEqualTo(600);
    }

    @Test
    void theStoreIsAskedWhatWasSent() {
        login("grant_type=password&username=Ada%20L&password=%C3%A4+1%2B&scope=openid+email&client_secret=ignored");

        Users.Authenticate request = asked();
        assertThat(request.tenant()).isEqualTo("main");
        assertThat(request.loginName()).isEqualTo(new LoginName(LoginName.Kind.USERNAME, "Ada L"));
        assertThat(request.password().reveal()).isEqualTo("\u00e4 1+");
        assertThat(request.clientId()).isEqualTo("gatehouse.login");
        assertThat(request.family()).isEqualTo(TokenFamily.LOGIN);
        assertThat(request.scope()).isEqualTo(Scope.parse("openid email"));
        assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void aMultipartFormIsReadToo() {
        String body = "--X\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nada\r\n"
                + "--X\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\np%20w+\r\n--X--\r\n";
        RawReply reply = gateway.exchange("POST", "/auth/login", body, "Content-Type: multipart/form-data; boundary=X");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(asked().password().reveal()).isEqualTo("p%20w+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | body.username: Field required; body.password: Field required",
                "username=ada | body.password: Field required",
                "password=pw | body.username: Field required",
                "username=&password=pw | body.username: Field required",
                "username=ada&password= | body.password: Field required",
                "username=ada&password=pw&grant_type=string | body.grant_type: String should match pattern 'password'",
                "username=ada&password=pw&grant_type=refresh_token | body.grant_type: String should match pattern 'password'",
                "username=ada&username=eve&password=pw | username is given more than once: send it once",
                "username=ada&password=a&password=b | password is given more than once: send it once"
            })
    void aFormThatIsNotRightIs422(String form, String detail) {
        assertProblem(login(form), 422, detail);
        assertThat(gateway.node.asked(Users.Authenticate.class)).isEmpty();
    }

    @Test
    void lengthsAreBoundedBeforeAnythingIsHashed() {
        assertThat(login("username=" + "u".repeat(150) + "&password=" + "p".repeat(1024))
                        .status())
                .isEqualTo(200);
        assertProblem(
                login("username=" + "u".repeat(151) + "&password=" + "p".repeat(1025)),
                422,
                "body.username: String should have at most 150 characters; "
                        + "body.password: String should have at most 1024 characters");
        assertThat(gateway.node.asked(Users.Authenticate.class)).hasSize(1);
    }

    @Test
    void jsonIsNoForm() {
        assertProblem(
                gateway.postJson("/auth/login", "{\"username\":\"ada\",\"password\":\"pw\"}"),
                422,
                "body.username: Field required; body.password: Field required");
    }

    @Test
    void whatIsNoTextIs400() {
        assertThat(login("username=ada&password=%E4").status()).isEqualTo(400);
        assertThat(login("username=ada&password=%").status()).isEqualTo(400);
        assertThat(login("username=a%00&password=x").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void aRejectionHasItsWords(Rejection reason) {
        Map<Rejection, String> words = Map.of(
                Rejection.BAD_CREDENTIALS, "Incorrect username or password",
                Rejection.PENDING, "Your account is awaiting approval",
                Rejection.EMAIL_NOT_VERIFIED, "Account not verified",
                Rejection.PHONE_NOT_VERIFIED, "Account not verified",
                Rejection.CLIENT_NOT_ALLOWED, "Password login is not allowed for this client",
                Rejection.SECOND_FACTOR_NEEDED,
                        "This account has a second factor: log in through the login pages (/oauth2/authorize), which ask"
                                + " for it");
        gateway.node.on(Users.Authenticate.class, request -> new Rejected(reason));
        RawReply reply = login(ADA);

        assertProblem(
                reply,
                reason == Rejection.BAD_CREDENTIALS ? 401 : 403,
                words.getOrDefault(reason, "Account not active"));
        assertThat(reply.has("www-authenticate")).isEqualTo(reply.status() == 401);
    }

    @Test
    void wrongCredentialsAreChallenged() {
        gateway.node.on(Users.Authenticate.class, request -> new Rejected(Rejection.BAD_CREDENTIALS));

        assertThat(login(ADA).header("www-authenticate")).isEqualTo("Bearer");
    }

    @Test
    void tooManyAttemptsAre429() {
        gateway.node.failing(Users.Authenticate.class, new OAuthError.Throttled(Duration.ofSeconds(42)));
        RawReply reply = login(ADA);

        assertProblem(reply, 429, "too many attempts: try again in 42 seconds");
        assertThat(reply.header("retry-after")).isEqualTo("42");
    }

    @Test
    void aPartThatIsAwayIs503() {
        gateway.node.failing(Issuer.Issue.class, new OAuthError.Unavailable("token"));
        RawReply reply = login(ADA);

        assertProblem(reply, 503, "a part of the server is not available: try again in a moment");
        assertThat(reply.header("retry-after")).isEqualTo("1");
        assertThat(gateway.node.asked(Grants.Revoke.class)).hasSize(1);
    }

    @Test
    void aDefectIs500() {
        gateway.node.failing(Users.Authenticate.class, new OAuthError.Defect("ab12"));

        assertProblem(login(ADA), 500, "the server failed; tell its operator the incident ab12");
    }

    @Test
    void anotherMethodIs405() {
        RawReply reply = gateway.get("/auth/login");

        assertProblem(reply, 405, "this path answers to POST");
        assertThat(reply.header("allow")).isEqualTo("POST");
    }

    @Test
    void aHugeFormIs413() {
        assertProblem(login(ADA + "&x=" + "x".repeat(65_536)), 413, "the body is larger than 65536 bytes");
    }

    @Test
    void aRegisteredClientThatShowsItsSecretOwnsTheGrant() {
        assertThat(login(ADA + "&client_id=web&client_secret=" + Samples.SECRET).status())
                .isEqualTo(200);
        assertThat(asked().clientId()).isEqualTo("web");
    }

    @Test
    void aRegisteredClientWithAWrongSecretIsRefused() {
        RawReply reply = login(ADA + "&client_id=web&client_secret=wrong");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(gateway.node.asked(Users.Authenticate.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_id=nobody&client_secret=x",
                "client_id=nobody",
                "client_id=web",
                "client_id=&client_secret=",
                "client_id=string&client_secret=string"
            })
    void anyOtherClientIsIgnored(String client) {
        assertThat(login(ADA + "&" + client).status()).isEqualTo(200);
        assertThat(asked().clientId()).isEqualTo("gatehouse.login");
    }

    @Test
    void theFamilyCanBeSwitchedOff() {
        try (TestGateway off = new TestGateway("tokens: {families: {login: {enabled: false}}}\n")) {
            assertThat(off.postForm("/auth/login", ADA).status()).isEqualTo(404);
            assertThat(off.get("/auth/me").status()).isEqualTo(404);
        }
    }
}
