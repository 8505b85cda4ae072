package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Security lessons 6 and 7: nobody is sent where no client registered, whatever an address looks like. */
class OpenRedirectFlowTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
                - client_id: web
                  client_secret: web-secret-0123456789abcdef0123456789
                  redirect_uris: ["https://shop.example.org/callback", "http://127.0.0.1:9999/callback"]
                  post_logout_redirect_uris: ["https://shop.example.org/bye"]
                  scope: openid
              users:
                - {username: ada, password: ada-demo-password}
            """);

    private final Caller caller = NODE.caller();
    private final CodeFlow client = new CodeFlow(caller, "web", "web-secret-0123456789abcdef0123456789");
    private final Person person = new Person(caller.base());

    private static void assertSentNowhere(Page page) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.headers().firstValue("Refresh")).isEmpty();
        assertThat(page.body()).doesNotContain("evil").doesNotContainIgnoringCase("javascript:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/callback",
                "https://shop.example.org@evil.example/callback",
                "https://a@shop.example.org@evil.example/callback",
                "https://shop.example.org:80@evil.example/callback",
                "https://shop.example.org.evil.example/callback",
                "https://shop.example.org/callback/../evil",
                "https://shop.example.org/callback/..;/evil",
                "https://shop.example.org/callback%2f..%2fevil",
                "https://shop.example.org/callback?next=evil",
                "https://shop.example.org/callback#evil",
                "https://shop.example.org/callback/",
                "https://shop.example.org\\@evil.example/callback",
                "https://SHOP.example.org/callback",
                "HTTPS://shop.example.org/callback",
                "http://shop.example.org/callback",
                "https://shop.example.org:443/callback",
                "//shop.example.org/callback",
                "/callback",
                " https://shop.example.org/callback",
                "http://127.0.0.1:9999/callback?evil",
                "http://127.0.0.1:9999/Callback",
                "http://localhost:9999/callback",
                "http://localhost.evil.example:9999/callback",
                "http://127.0.0.1.evil.example:9999/callback",
                "http://evil@127.0.0.1:9999/callback",
                "http://127.1:9999/callback",
                "JavaScript:alert(1)",
                "javascript://shop.example.org/callback",
                "DATA:text/html,evil"
            })
    void anAddressThatIsNotRegisteredLetterByLetter(String uri) {
        assertSentNowhere(person.open(client.request("openid", "redirect_uri", uri)));
        assertSentNowhere(person.open(client.request("openid", "redirect_uri", uri, "response_mode", "form_post")));
        assertSentNowhere(person.open(
                "/api/authorize.do?" + Caller.form("response_type", "code", "client_id", "web", "redirect_uri", uri)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/bye",
                "https://shop.example.org@evil.example/bye",
                "https://shop.example.org/bye?next=evil",
                "https://shop.example.org/callback",
                "//evil.example/",
                "JavaScript:alert(1)"
            })
    void norDoesALogoutLeadThere(String uri) {
        assertSentNowhere(
                person.open("/oauth2/logout?" + Caller.form("client_id", "web", "post_logout_redirect_uri", uri)));
    }

    @Test
    void onlyThePortOfALoopbackAddressIsFree() {
        Page answer =
                person.goOn(person.open(client.request("openid", "redirect_uri", "http://127.0.0.1:34567/callback")));
        assertThat(answer.location().toString()).startsWith("http://127.0.0.1:34567/callback?");
    }

    @Test
    void aDoubledRedirectUriIsNoneAtAll() {
        assertSentNowhere(
                person.open(client.request("openid") + "&redirect_uri=https%3A%2F%2Fevil.example%2Fcallback"));
    }

    @Test
    void afterALoginNothingButOurOwnPagesIsNext() {
        Page page = person.logIn(person.open("/login?next=https://evil.example/&redirect_uri=https://evil.example/"));
        assertThat(page.uri().getPath()).isEqualTo("/account");
    }
}
