package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.Denial;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Routes of the reverse proxy that demand a second factor: nothing reaches their services without one. */
class ProxiedSecondFactorTest extends ServiceCase {
    private static final String VAULT = "vault.example.net";
    private static final List<String> TWO_FACTORS = List.of("pwd", "otp", "mfa");
    /** Whose requests the service got. */
    private static final List<String> SUBJECTS = new CopyOnWriteArrayList<>();

    private static Vertx vertx;
    private static HttpServer service;

    @BeforeAll
    static void startService() {
        vertx = Vertx.vertx();
        service = TestNode.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    SUBJECTS.add(request.getHeader("X-Gatehouse-Subject"));
                    request.response().end("the vault");
                })
                .listen(0, "127.0.0.1"));
    }

    @AfterAll
    static void stopService() {
        TestNode.await(vertx.close());
    }

    @BeforeEach
    void forget() {
        SUBJECTS.clear();
    }

    @Override
    String moreRoutes() {
        return """
                  - {id: lobby, match: {host: %1$s, path: /lobby}, demand: session, upstream: ["%2$s"]}
                  - {id: tills, match: {host: %1$s, path: /api}, demand: bearer, second_factor: true, upstream: ["%2$s"]}
                  - {id: vault, match: {host: %1$s}, demand: session, second_factor: true, upstream: ["%2$s"]}
                """.formatted(VAULT, "http://127.0.0.1:" + service.actualPort());
    }

    private RawReply page(String path) {
        return browser.open("https://" + VAULT + path);
    }

    private RawReply data(String path, String... headers) {
        return gateway.exchangeAt(VAULT, "GET", path, null, headers);
    }

    private String cookie() {
        return "Cookie: " + SERVICE + "=" + browser.jar(VAULT).get(SERVICE);
    }

    private void assertNobodyGotIn(RawReply page, RawReply data) {
        assertThat(page.status()).as("%s", page).isEqualTo(302);
        assertThat(page.header("location")).startsWith(ISSUER);
        assertThat(data.status()).as("%s", data).isEqualTo(401);
        assertThat(data.json().getString("detail")).contains("two factors");
        assertThat(SUBJECTS).isEmpty();
    }

    @Test
    void whoLoggedInByAPasswordAloneIsAskedForMore() {
        assertNobodyGotIn(page("/gold"), data("/gold"));
        arrive(browser, VAULT, "/lobby");
        assertThat(page("/lobby").body()).isEqualTo("the vault");
        SUBJECTS.clear();
        assertNobodyGotIn(page("/gold"), data("/gold", cookie()));
    }

    @Test
    void whoLoggedInByTwoFactorsGetsIn() {
        amr = TWO_FACTORS;
        arrive(browser, VAULT, "/gold");
        assertThat(page("/gold").body()).isEqualTo("the vault");
        assertThat(data("/gold", cookie()).body()).isEqualTo("the vault");
        assertThat(SUBJECTS).containsExactly(Tokens.SUBJECT, Tokens.SUBJECT);
    }

    @Test
    @DisplayName("While nobody can tell how somebody logged in, nobody gets in")
    void failsClosed() {
        amr = List.of();
        arrive(browser, VAULT, "/lobby");
        assertNobodyGotIn(page("/gold"), data("/gold", cookie()));
        gateway.node.failing(Sessions.Vouch.class, new OAuthError.Unavailable("store"));
        gateway.node.publish(gateway.node.log.deny(
                Denial.Kind.SESSION,
                living("main").keySet().iterator().next().id().sid()));
        TestNode.eventually(
                "the session is asked for again", () -> data("/lobby", cookie()).status() == 503);
        SUBJECTS.clear();
        assertThat(data("/gold", cookie()).status()).isEqualTo(503);
        assertThat(page("/gold").status()).isEqualTo(503);
        assertThat(SUBJECTS).isEmpty();
    }

    private RawReply bearer(String claim, Object value) {
        Map<String, Object> claims = Tokens.claims();
        claims.put(claim, value);
        return data("/api", "Authorization: Bearer " + Tokens.signed(claims));
    }

    @Test
    @DisplayName("RFC 9470, 3: a token of a login by one factor is refused over the proxy too, and told what it takes")
    void tokensTellHowTheirUserLoggedIn() {
        for (RawReply refused : List.of(bearer("amr", List.of("pwd")), bearer("amr", List.of()), bearer("x", "otp"))) {
            assertThat(refused.status()).as("%s", refused).isEqualTo(401);
            assertThat(refused.headers().get("www-authenticate"))
                    .anySatisfy(challenge -> assertThat(challenge)
                            .contains("insufficient_user_authentication", "acr_values=\"urn:gatehouse:acr:mfa\""));
        }
        assertThat(SUBJECTS).isEmpty();
        assertThat(bearer("amr", TWO_FACTORS).status()).isEqualTo(200);
        assertThat(SUBJECTS).containsExactly(Tokens.SUBJECT);
    }
}
