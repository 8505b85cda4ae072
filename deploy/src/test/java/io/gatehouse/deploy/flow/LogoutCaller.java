package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

/** One person who is logged in at a client, and what the client asks the provider for about that. */
final class LogoutCaller {
    private final RelyingParty client;
    private final Person person;
    private final Tokens tokens;

    LogoutCaller(RunningNode node) {
        client = RelyingParty.plan(node, PlanServer.DECLARED, null);
        person = new Person(client.caller().base());
        tokens = client.logIn(person);
    }

    Tokens tokens() {
        return tokens;
    }

    Person person() {
        return person;
    }

    /** Opens the logout endpoint: names and values in turn. */
    Page logOut(String... parameters) {
        return person.open("/oauth2/logout?" + Caller.form(parameters));
    }

    /** Whether somebody is logged in, as the client finds it out: without anybody noticing. */
    boolean isLoggedIn() {
        Map<String, String> request = client.request("prompt", "none");
        Map<String, String> answer = client.answer(client.open(person, request), request);
        if (!answer.containsKey("code")) {
            assertThat(answer).containsEntry("error", "login_required");
        }
        return answer.containsKey("code");
    }

    /** Where a page leads that is the client's. */
    static URI left(Page page) {
        assertThat(page.isRedirect())
                .as("%s %s", page.status(), page.uri().getPath())
                .isTrue();
        return page.location();
    }
}
