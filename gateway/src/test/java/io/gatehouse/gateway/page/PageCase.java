package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.Beginning;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** People in front of the pages, and a store that knows their sessions and what they allowed. */
abstract class PageCase {
    static final String PASSWORD = "correct horse";
    static final String CALLBACK = "https://app.example.org/callback";
    static final String CHALLENGE = Digest.of("verifier").value().base64Url();
    static final String REQUEST = TestBrowser.form(
            "client_id",
            "web",
            "redirect_uri",
            CALLBACK,
            "response_type",
            "code",
            "scope",
            "openid profile",
            "state",
            "a b&c",
            "code_challenge",
            CHALLENGE,
            "code_challenge_method",
            "S256");
    static final String AUTHORIZE = "/oauth2/authorize?" + REQUEST;
    static final String SESSION = "__Host-gatehouse-session";
    static final String BROWSER = "__Host-gatehouse-browser";

    static final UserProfile ADA = new UserProfile(
            "main",
            Tokens.SUBJECT,
            "ada",
            "Ada <Lovelace>",
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

    final TestGateway gateway = new TestGateway("""
            scopes:
              - {name: api, description: row <your> boats, description_de: Ihre Boote rudern}
              - {name: email, description: write to you}
            """);
    final TestBrowser browser = new TestBrowser(gateway);
    /** The sessions that count, and when they were begun, by tenant. */
    final Map<String, Map<SessionProof, Instant>> sessions = new ConcurrentHashMap<>();

    final Set<String> consented = ConcurrentHashMap.newKeySet();
    /** Of every consent: withdrawing begins the next. */
    long consentEpoch = 1;

    @BeforeEach
    void start() {
        gateway.node
                .on(
                        Clients.Find.class,
                        find -> find.clientId().equals("web")
                                ? Samples.found(client(find.tenant()))
                                : new Clients.Found(null))
                .on(Sessions.Begin.class, this::begin)
                .on(Codes.PutBySession.class, this::put);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    Client client(String tenant) {
        return client(tenant, AuthMethod.CLIENT_SECRET_BASIC, CALLBACK);
    }

    static Client client(String tenant, AuthMethod method, String... redirectUris) {
        return new Client(
                tenant,
                "web",
                "Paper <Boat>",
                method,
                method == AuthMethod.NONE
                        ? List.of()
                        : List.of(Secret.of(Samples.SECRET).digest()),
                null,
                List.of(redirectUris),
                List.of("authorization_code", "refresh_token"),
                List.of("code"),
                Scope.parse("openid profile email api offline_access"),
                null,
                true,
                false,
                0,
                1,
                TestClock.START,
                null,
                null,
                OpenIdRegistration.DEFAULT,
                null,
                null);
    }

    private Record begin(Sessions.Begin begin) {
        if (!begin.password().reveal().equals(PASSWORD)) {
            return new Beginning.Rejected(Rejection.BAD_CREDENTIALS);
        }
        Map<SessionProof, Instant> living = living(begin.tenant());
        SessionProof current = begin.current();
        boolean goesOn = current != null && living.remove(current) != null;
        Instant expiresAt = gateway.node.clock.instant().plus(Duration.ofDays(7));
        SessionId id = goesOn ? current.id() : SessionId.expiring(expiresAt);
        living.put(new SessionProof(id, begin.fresh()), gateway.node.clock.instant());
        return new Beginning.Begun(id.sid(), expiresAt, List.of());
    }

    private Record put(Codes.PutBySession put) {
        Instant begun = living(put.tenant()).get(put.session());
        if (begun == null || (put.notBefore() != null && begun.isBefore(put.notBefore()))) {
            return new SessionPutting.LoginRequired();
        }
        String sid = put.session().id().sid();
        boolean given = (put.consent() == Consenting.GIVEN || put.consent() == Consenting.GIVEN_ONCE)
                && (put.consentEpoch() == 0 || put.consentEpoch() == consentEpoch);
        if (given) {
            consented.add(put.clientId());
        }
        return given || (put.consent() == Consenting.REMEMBERED && consented.contains(put.clientId()))
                ? new SessionPutting.Stored(sid, put.expiresAt())
                : new SessionPutting.ConsentRequired(sid, ADA, Scope.EMPTY, consentEpoch);
    }

    Map<SessionProof, Instant> living(String tenant) {
        return sessions.computeIfAbsent(tenant, name -> new ConcurrentHashMap<>());
    }

    /** From the login page that {@code path} shows. */
    RawReply logIn(TestBrowser who, String path) {
        return submit(who, who.get(path), "ada", PASSWORD);
    }

    static RawReply submit(TestBrowser who, RawReply loginPage, String username, String password) {
        return who.post(
                action(loginPage),
                TestBrowser.form(
                        "username",
                        username,
                        "password",
                        password,
                        "request",
                        TestBrowser.field(loginPage, "request")));
    }

    static RawReply decide(TestBrowser who, RawReply consentPage, String decision) {
        return who.post(
                action(consentPage),
                TestBrowser.form("decision", decision, "request", TestBrowser.field(consentPage, "request")));
    }

    static String action(RawReply page) {
        String before = "<form method=\"post\" action=\"";
        int from = page.body().indexOf(before) + before.length();
        return page.body().substring(from, page.body().indexOf('"', from));
    }

    static void assertPage(RawReply reply, int status, String heading) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(reply.header("x-frame-options")).isEqualTo("DENY");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(reply.header("content-security-policy"))
                .startsWith("default-src 'none'; style-src 'self'; img-src 'self'")
                .endsWith("; frame-ancestors 'none'; base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(reply.body()).contains("<h1>" + heading + "</h1>");
        assertThat(reply.has("location")).isFalse();
    }

    static void assertErrorPage(RawReply reply, int status, String text) {
        assertPage(reply, status, "That did not work");
        assertThat(reply.body()).contains(text);
    }

    static void assertTooOld(RawReply reply) {
        assertErrorPage(reply, 400, "This page is too old");
        assertThat(reply.has("set-cookie")).isFalse();
    }

    static void assertCode(RawReply reply) {
        assertThat(reply.status()).as(reply.toString()).isIn(302, 303);
        assertThat(reply.header("location")).startsWith(CALLBACK + "?code=").contains("&state=a+b%26c&iss=");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
    }
}
