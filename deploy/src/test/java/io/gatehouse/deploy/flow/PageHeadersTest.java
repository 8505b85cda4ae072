package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No page can be framed, kept by a cache, given away by its address, or made to run what is not ours. */
class PageHeadersTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();
    private final CodeFlow client = CodeFlow.demo(caller);
    private final Person person = new Person(caller.base());

    private static void assertGuarded(Page page, int status) {
        assertThat(page.status()).isEqualTo(status);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        List<String> policy =
                Arrays.asList(header(page, "Content-Security-Policy").split("; *"));
        assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "style-src 'self'")
                .noneMatch(rule -> rule.contains("unsafe") || rule.contains("*"));
        assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(page.body()).doesNotContain("<style", " style=", " onclick=", " onload=", "javascript:");
    }

    private static String header(Page page, String name) {
        return page.headers().firstValue(name).orElse("");
    }

    @Test
    void everyPageOfTheWayToACode() {
        CodeFlow askedEachTime = new CodeFlow(caller, "demo-spa", null);
        Page login = person.open(askedEachTime.request("openid"));
        assertGuarded(login, 200);
        assertGuarded(person.submit(login, "username", "ada", "password", "wrong"), 400);
        Page consent = person.logIn(login);
        assertGuarded(consent, 200);
        client.code(person, "openid");
        assertGuarded(person.open(client.request("openid", "response_mode", "form_post")), 200);
    }

    @Test
    void everyPageOfTheAccount() {
        person.logIn(person.open("/login"));
        assertGuarded(person.open("/account"), 200);
        Page password = person.open("/account/password");
        assertGuarded(password, 200);
        assertGuarded(person.submit(password, "current", "a", "new", "b", "again", "c"), 400);
        Page question = person.open("/oauth2/logout");
        assertGuarded(question, 200);
        assertGuarded(person.submit(question), 200);
    }

    @Test
    void everyErrorPage() {
        assertGuarded(person.open("/oauth2/authorize?client_id=nobody"), 400);
        assertGuarded(person.open(client.request("openid", "redirect_uri", "http://evil.example/")), 400);
        assertGuarded(person.open("/oauth2/authorize?resume=nothing"), 400);
        assertGuarded(person.open("/oauth2/logout?id_token_hint=nothing"), 400);
    }

    @Test
    void aRedirectIsKeptByNobodyEither() {
        client.code(person, "openid");
        Page answer = person.open(client.request("openid"));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void noOtherOriginReadsThePagesOrTheAuthorizationEndpoint() {
        for (String path : List.of("/login", "/account", client.request("openid"))) {
            Answer answer = new BareCaller(caller.base()).get(path, "Origin: http://evil.example");
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        }
    }
}
