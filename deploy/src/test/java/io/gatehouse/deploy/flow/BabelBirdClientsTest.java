package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.BabelBirdCaller.assertError;
import static io.gatehouse.deploy.flow.BabelBirdCaller.code;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Documents 000 and 003 with clients that may less than the demo's, and with secrets that look encoded. */
class BabelBirdClientsTest {
    private static final String ODD_SECRET = "odd%2Fsecret+:0123456789abcdef0123456789";
    private static final String BARE_PERCENT = "odd%secret-0123456789abcdef0123456789";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
                - client_id: strict
                  client_secret: strict-secret-0123456789abcdef0123456789
                  redirect_uris: ["http://127.0.0.1:9999/callback?a=b"]
                  grant_types: [authorization_code, refresh_token]
                  scope: openid offline_access api
                  jwt_login: {key: key-of-strict-0123456789abcdef0123456789, algorithm: HS512}
                - client_id: signed
                  client_secret: signed-secret-0123456789abcdef0123456789
                  redirect_uris: ["http://127.0.0.1:9999/callback"]
                  jwt_login: {key: key-of-signed-0123456789abcdef0123456789, require_signed_selector: true}
                - client_id: elsewhere
                  client_secret: elsewhere-secret-0123456789abcdef0123456789
                  redirect_uris: ["http://127.0.0.1:9999/callback"]
                  jwt_login: {key: key-of-elsewhere-0123456789abcdef0123456, source_networks: [10.0.0.0/8]}
                - client_id: headless
                  client_secret: headless-secret-0123456789abcdef0123456789
                  redirect_uris: ["http://127.0.0.1:9999/callback"]
                  jwt_login: {key: key-of-headless-0123456789abcdef0123456, allow_administrator: true}
                - client_id: service
                  client_secret: service-secret-0123456789abcdef0123456789
                  grant_types: [client_credentials]
                  jwt_login: {key: key-of-service-0123456789abcdef012345678}
                - client_id: "odd"
                  client_secret: "odd%2Fsecret+:0123456789abcdef0123456789"
                  redirect_uris: ["http://127.0.0.1:9999/callback"]
                  jwt_login: {key: key-of-odd-0123456789abcdef012345678901}
                - client_id: "percent"
                  client_secret: "odd%secret-0123456789abcdef0123456789"
                  redirect_uris: ["http://127.0.0.1:9999/callback"]
                  jwt_login: {key: key-of-percent-0123456789abcdef01234567}
              users:
                - {username: ada, password: "correct horse battery staple", name: Ada, email: ada@example.org, email_verified: true}
                - {username: gone, password: "correct horse battery staple", name: Gone, email: gone@example.org, email_verified: true, disabled: true}
                - {username: typed, email: typed@example.org, phone: "+15550109", phone_verified: false, employee_id: E-9}
            """);

    private final BabelBirdCaller api = new BabelBirdCaller(NODE.caller());

    private Answer authorize(String clientId, String key, String... more) {
        return api.authorizeBy(clientId, ClientJwtText.signed(key, ClientJwtText.claims(clientId)), more);
    }

    private Answer strict(String payload, String... more) {
        String jwt = ClientJwtText.signed(
                "HmacSHA512", "key-of-strict-0123456789abcdef0123456789", "{\"alg\":\"HS512\"}", payload);
        return api.authorizeBy("strict", jwt, more);
    }

    @Test
    void anotherAlgorithmIsPinnedToo() {
        assertThat(strict(ClientJwtText.claims("strict"), "email", "ada@example.org")
                        .status())
                .isEqualTo(200);
        assertError(
                authorize("strict", "key-of-strict-0123456789abcdef0123456789", "email", "ada@example.org"),
                401,
                "invalid_grant",
                40103);
    }

    @Test
    void withoutTheFlagAnUndatedJwtIsRefused() {
        assertError(strict("{\"client_id\":\"strict\"}", "email", "ada@example.org"), 401, "invalid_grant", 40103);
    }

    @Test
    void withoutTheFlagNobodyIsNotTheAdministrator() {
        assertError(strict(ClientJwtText.claims("strict")), 403, "access_denied", 40307);
    }

    @Test
    void withoutAnAdministratorThereIsNobody() {
        assertError(authorize("headless", "key-of-headless-0123456789abcdef0123456"), 403, "access_denied", 40307);
    }

    @Test
    void anUnknownAndADisabledUserAreTheSameAnswer() {
        Answer unknown = strict(ClientJwtText.claims("strict"), "email", "nobody@example.org");
        Answer disabled = strict(ClientJwtText.claims("strict"), "email", "gone@example.org");
        assertError(unknown, 403, "access_denied", 40307);
        assertThat(disabled.status()).isEqualTo(403);
        assertThat(disabled.body()).isEqualTo(unknown.body());
    }

    @Test
    void anAddressOrANumberThatNobodyVerifiedFindsNobody() {
        Answer unknown = strict(ClientJwtText.claims("strict"), "email", "nobody@example.org");
        Answer byEmail = strict(ClientJwtText.claims("strict"), "email", "typed@example.org");
        Answer byPhone = strict(ClientJwtText.claims("strict", "phone", "+15550109"));
        assertThat(byEmail.status()).isEqualTo(403);
        assertThat(byEmail.body()).isEqualTo(unknown.body());
        assertThat(byPhone.body()).isEqualTo(unknown.body());
        assertThat(strict(ClientJwtText.claims("strict"), "babelId", "E-9").status())
                .isEqualTo(200);
    }

    @Test
    void aSignedSelectorCanBeDemanded() {
        String key = "key-of-signed-0123456789abcdef0123456789";
        assertError(authorize("signed", key, "email", "ada@example.org"), 403, "access_denied", 40307);
        String jwt = ClientJwtText.signed(key, ClientJwtText.claims("signed", "email", "ada@example.org"));
        assertThat(api.authorizeBy("signed", jwt).status()).isEqualTo(200);
    }

    @Test
    void sourceNetworksAreHeld() {
        assertError(
                authorize("elsewhere", "key-of-elsewhere-0123456789abcdef0123456", "email", "ada@example.org"),
                403,
                "access_denied",
                40307);
    }

    @Test
    void theKeyOfAnotherClientIsRefused() {
        assertError(
                authorize("odd", "key-of-percent-0123456789abcdef01234567", "email", "ada@example.org"),
                401,
                "invalid_grant",
                40103);
    }

    @Test
    void aRegisteredQueryIsKept() {
        Answer answer = strict(
                ClientJwtText.claims("strict"),
                "email",
                "ada@example.org",
                "redirect_uri",
                "http://127.0.0.1:9999/callback?a=b");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location"))
                .matches("http://127\\.0\\.0\\.1:9999/callback\\?a=b&code=[A-Za-z0-9_-]{43}");
    }

    @Test
    void aClientWithoutTheGrantGetsNoToken() {
        String code =
                code(authorize("service", "key-of-service-0123456789abcdef012345678", "email", "ada@example.org"));
        assertError(
                api.token(Caller.basic("service", "service-secret-0123456789abcdef0123456789"), code),
                400,
                "unauthorized_client",
                40004);
    }

    /** Registered for authorization_code only. */
    @Test
    void aClientThatMayNotRefreshGetsNoRefreshToken() {
        String basic = Caller.basic("signed", "signed-secret-0123456789abcdef0123456789");
        String jwt = ClientJwtText.signed(
                "key-of-signed-0123456789abcdef0123456789", ClientJwtText.claims("signed", "email", "ada@example.org"));
        Answer given = api.token(basic, code(api.authorizeBy("signed", jwt)));
        assertThat(given.status()).as(given.body()).isEqualTo(200);
        assertThat(given.text("access_token")).isNotEmpty();
        assertThat(given.body()).doesNotContain("refresh_token");
        assertError(
                api.bare(BabelBirdCaller.REFRESH, basic, "grant_type", "refresh_token", "refresh_token", "x"),
                400,
                "unauthorized_client",
                40004);
    }

    @Test
    void basicIsTakenLiterallyAndFormDecoded() {
        for (String secret : new String[] {ODD_SECRET, URLEncoder.encode(ODD_SECRET, StandardCharsets.UTF_8)}) {
            String code = code(authorize("odd", "key-of-odd-0123456789abcdef012345678901", "email", "ada@example.org"));
            assertThat(api.token(Caller.basic("odd", secret), code).status())
                    .as(secret)
                    .isEqualTo(200);
        }
        String code = code(authorize("percent", "key-of-percent-0123456789abcdef01234567", "email", "ada@example.org"));
        assertThat(api.token(Caller.basic("percent", BARE_PERCENT), code).status())
                .isEqualTo(200);
    }

    @Test
    void aSecretThatIsNeitherIsAChallenge() {
        for (String secret : new String[] {"%", "%zz", "%00", "wrong"}) {
            Answer answer = api.token(Caller.basic("odd", secret), "x");
            assertError(answer, 401, "invalid_client", 40102);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
        }
    }

    @Test
    void anotherClientsPresentationSpendsTheCodeAndGivesNothing() {
        String code = code(authorize("odd", "key-of-odd-0123456789abcdef012345678901", "email", "ada@example.org"));
        assertError(
                api.token(Caller.basic("signed", "signed-secret-0123456789abcdef0123456789"), code),
                400,
                "invalid_grant",
                40003);
        assertError(api.token(Caller.basic("odd", ODD_SECRET), code), 400, "invalid_grant", 40003);
    }
}
