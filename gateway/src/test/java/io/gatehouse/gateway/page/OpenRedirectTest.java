package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is sent anywhere but to what the client registered, by no parameter and no header. */
class OpenRedirectTest extends PageCase {
    private RawReply withRedirect(String redirectUri) {
        return browser.get("/oauth2/authorize?"
                + REQUEST.replace(
                        URLEncoder.encode(CALLBACK, StandardCharsets.UTF_8),
                        URLEncoder.encode(redirectUri, StandardCharsets.UTF_8)));
    }

    /** Security lessons, rows 6 and 7. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.org@evil.example/callback",
                "https://a@b@app.example.org/callback",
                "https://app.example.org/callback/..;/evil",
                "https://app.example.org/callback/../evil",
                "https://app.example.org.evil.example/callback",
                "https://APP.example.org/callback",
                "HTTPS://app.example.org/callback",
                "https://app.example.org/Callback",
                "https://app.example.org/callback/",
                "https://app.example.org/callback?x=1",
                "https://app.example.org/callback#x",
                "https://app.example.org:443/callback",
                "https://app.example.org/callback%00",
                "https://app.example.org\\@evil.example/callback",
                " https://app.example.org/callback",
                "//app.example.org/callback",
                "/callback",
                "http://localhost.evil/callback",
                "http://127.0.0.1/callback",
                "JavaScript:alert(1)",
                "DATA:text/html,x",
                "https://app.example.org/callback\r\nX-Injected: 1"
            })
    void onlyTheVeryUriIsGood(String redirectUri) {
        RawReply reply = withRedirect(redirectUri);

        assertErrorPage(reply, 400, "do not understand");
        assertThat(reply.has("x-injected")).isFalse();
    }

    @Test
    void aLoopbackUriMayHaveAnyPortAndNothingElse() {
        gateway.node.on(
                Clients.Find.class,
                find -> Samples.found(client("main", AuthMethod.NONE, "http://127.0.0.1/callback")));

        RawReply page = withRedirect("http://127.0.0.1:49152/callback");
        assertPage(page, 200, "Log in");
        assertThat(page.header("content-security-policy")).contains("; form-action 'self' http://127.0.0.1:49152; ");
        assertThat(withRedirect("http://127.0.0.1:49152/callback?x=1").status()).isEqualTo(400);
        assertThat(withRedirect("http://localhost:49152/callback").status()).isEqualTo(400);
        assertThat(withRedirect("http://127.0.0.1.evil.example:49152/callback").status())
                .isEqualTo(400);
    }

    /** Between the page and the answer the client may lose the URI. */
    @Test
    void theUriIsCheckedAgainAfterTheLogin() {
        consented.add("web");
        RawReply begun = logIn(browser, AUTHORIZE);
        gateway.node.on(
                Clients.Find.class,
                find -> Samples.found(client("main", AuthMethod.CLIENT_SECRET_BASIC, "https://app.example.org/other")));
        gateway.node.publish(new Event.ClientChanged("main", "web"));
        TestNode.eventually("the change is heard", () -> browser.follow(begun).status() == 400);

        assertErrorPage(browser.follow(begun), 400, "do not understand");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"next", "return_to", "redirect", "url", "redirect_uri", "post_logout_redirect_uri", "target"})
    void aLoginWithoutARequestLeadsHome(String name) {
        RawReply page = browser.get("/login?" + name + "=https%3A%2F%2Fevil.example");
        assertThat(page.body()).doesNotContain("evil.example");
        RawReply reply = browser.post(
                "/login",
                TestBrowser.form(
                        "username",
                        "ada",
                        "password",
                        PASSWORD,
                        "request",
                        TestBrowser.field(page, "request"),
                        name,
                        "https://evil.example"));

        assertThat(reply.header("location")).isEqualTo("/account");
    }

    /** Security lessons, row 17: what a proxy or a client says of the host makes no link. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: javascript",
                "X-Forwarded-For: 127.0.0.1",
                "X-Original-URL: /account",
                "X-Forwarded-Prefix: //evil.example",
                "Forwarded: host=evil.example;proto=http",
                "Referer: https://evil.example/",
                "Origin: https://evil.example"
            })
    void noHeaderMovesALinkOrSkipsTheLogin(String header) {
        RawReply page = browser.get(AUTHORIZE, header);

        assertPage(page, 200, "Log in");
        assertThat(page.body()).doesNotContain("evil.example");
        assertThat(page.headers().toString()).doesNotContain("evil.example");
        assertThat(action(page)).isEqualTo("/login");
    }
}
