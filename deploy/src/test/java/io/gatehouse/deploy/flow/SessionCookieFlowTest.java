package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session belongs to who logged in to it, in one browser and one tenant: it can't be planted, kept or carried over. */
class SessionCookieFlowTest {
    private static final String SESSION = "gatehouse-session";
    private static final String BROWSER = "gatehouse-browser";
    private static final String OF_OTHER = "-other";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              tenants:
                - {id: other}
              users:
                - {username: ada, password: ada-demo-password}
                - {username: eve, password: ada-demo-password}
                - {username: ada, password: ada-demo-password, tenant: other}
            """);

    private final Caller caller = NODE.caller();
    private final Person ada = new Person(caller.base());
    private final Person eve = new Person(caller.base());

    private static String cookie(Person person, String name) {
        return person.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name));
    }

    private void plant(Person person, String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        // As the server's own, in whose place it is to stand.
        cookie.setDomain(caller.base().getHost());
        cookie.setPath("/");
        cookie.setVersion(0);
        person.cookies().getCookieStore().add(caller.base(), cookie);
    }

    private Page logIn(Person person, String username) {
        return person.submit(person.open("/login"), "username", username, "password", RunningNode.ADA_PASSWORD);
    }

    private boolean works(String cookie) {
        Person thief = new Person(caller.base());
        plant(thief, SESSION, cookie);
        return !thief.open("/account").asksForPassword();
    }

    @Test
    void aPlantedSessionIsNotTheOneThatALoginFills() {
        logIn(eve, "eve");
        String planted = cookie(eve, SESSION);
        plant(ada, SESSION, planted);
        Page account = logIn(ada, "ada");
        assertThat(account.body()).contains("ada");
        assertThat(cookie(ada, SESSION)).isNotEqualTo(planted);
        Page evesView = eve.open("/account");
        assertThat(evesView.asksForPassword() || evesView.body().contains("eve"))
                .isTrue();
    }

    @Test
    void madeUpSessionsAreNeverTakenUp() {
        for (String planted : List.of("x", "A".repeat(86), cookieLike())) {
            plant(ada, SESSION, planted);
            logIn(ada, "ada");
            assertThat(cookie(ada, SESSION)).isNotEqualTo(planted);
        }
    }

    /** Of the right length, with another secret. */
    private String cookieLike() {
        logIn(eve, "eve");
        String value = cookie(eve, SESSION);
        String forged = value.substring(0, value.length() - 6) + "AAAAAA";
        assertThat(works(forged)).isFalse();
        return forged;
    }

    @Test
    void eachLoginMakesTheFormerValueWorthless() {
        logIn(ada, "ada");
        String first = cookie(ada, SESSION);
        assertThat(works(first)).isTrue();
        logIn(ada, "ada");
        String second = cookie(ada, SESSION);
        assertThat(second).isNotEqualTo(first);
        assertThat(works(first)).isFalse();
        assertThat(works(second)).isTrue();
    }

    @Test
    void aLoggedOutValueIsWorthless() {
        logIn(ada, "ada");
        String value = cookie(ada, SESSION);
        ada.submit(ada.open("/oauth2/logout"));
        assertThat(works(value)).isFalse();
    }

    @Test
    void noScriptAndNoOtherSitesFormGetsThem() {
        Page login = ada.open("/login");
        Answer answer = new BareCaller(caller.base())
                .post(
                        "/login",
                        Caller.form(
                                "request",
                                login.form().fields().get("request"),
                                "username",
                                "ada",
                                "password",
                                RunningNode.ADA_PASSWORD),
                        "Content-Type: application/x-www-form-urlencoded",
                        "Cookie: " + BROWSER + "=" + cookie(ada, BROWSER));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(login.headers().allValues("Set-Cookie"))
                .allMatch(cookie -> cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        assertThat(answer.headers().allValues("Set-Cookie"))
                .hasSize(1)
                .allMatch(cookie -> cookie.startsWith(SESSION + "=")
                        && cookie.contains("HttpOnly")
                        && cookie.contains("SameSite=Lax")
                        && cookie.contains("Path=/")
                        && !cookie.contains("Domain"));
    }

    @Test
    void aSessionOfOneTenantIsNoneInAnother() {
        logIn(ada, "ada");
        assertThat(ada.open("/t/other/account").asksForPassword()).isTrue();
        plant(ada, SESSION + OF_OTHER, cookie(ada, SESSION));
        assertThat(ada.open("/t/other/account").asksForPassword()).isTrue();
        assertThat(ada.open("/account").asksForPassword()).isFalse();
    }

    @Test
    void aFormOfOneTenantIsNoneInAnother() {
        Page login = ada.open("/login");
        plant(ada, BROWSER + OF_OTHER, cookie(ada, BROWSER));
        PageForm carried = new PageForm("/t/other/login", login.form().fields());
        Page refused = ada.submit(login, carried, "username", "ada", "password", RunningNode.ADA_PASSWORD);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.hasForm()).isFalse();
    }
}
