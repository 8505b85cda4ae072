package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** GET /api/authorize.do: the vendor's way to a code through our pages, which leads to token.do. */
class AuthorizeDoFlowTest {
    private static final String DATA = "a b&c=d/é";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();
    private final BabelBirdCaller api = new BabelBirdCaller(caller);
    private final Person person = new Person(caller.base());

    private Page authorize(String... more) {
        List<String> pairs = new ArrayList<>(
                List.of("response_type", "code", "client_id", "demo", "redirect_uri", CodeFlow.REDIRECT_URI));
        pairs.addAll(List.of(more));
        return person.open("/api/authorize.do?" + Caller.form(pairs.toArray(String[]::new)));
    }

    private Answer token(String code) {
        return api.bare(
                BabelBirdCaller.TOKEN,
                Caller.DEMO,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                CodeFlow.REDIRECT_URI);
    }

    @Test
    void logsInAsksEchoesDataAndGivesACodeForTokenDo() {
        Page login = authorize("data", DATA, "state", "s1");
        assertThat(login.asksForPassword()).isTrue();
        Page answer = person.goOn(login);
        assertThat(answer.location().toString()).startsWith(CodeFlow.REDIRECT_URI + "?");
        assertThat(answer.answer()).containsEntry("data", DATA).containsEntry("state", "s1");
        Answer tokens = token(answer.code());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(api.isActive(tokens.text("access_token"))).isTrue();
        assertThat(BabelBirdCaller.claims(tokens.text("access_token")).getString("family"))
                .isEqualTo("babelbird");
        assertThat(api.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void theSecondTimeNeitherPasswordNorConsentIsAskedFor() {
        person.goOn(authorize("data", "first")).code();
        Page silent = authorize("data", "second");
        assertThat(silent.status()).isEqualTo(302);
        assertThat(silent.answer()).containsEntry("data", "second").containsKey("code");
    }

    @Test
    void aCodeDiesAtItsFirstPresentationAndWorksOnlyHere() {
        String code = person.goOn(authorize()).code();
        assertThat(CodeFlow.demo(caller).redeem(code).error()).isEqualTo("400 invalid_grant");
        BabelBirdCaller.assertError(token(code), 400, "invalid_grant", 40003);
    }

    @Test
    void aRefusalIsToldWithTheEcho() {
        // One who has allowed nothing yet.
        Page consent = person.submit(authorize("data", DATA), "username", "admin", "password", "admin-demo-password");
        Map<String, String> answer = person.submit(consent, "decision", "deny").answer();
        assertThat(answer).containsEntry("error", "access_denied").containsEntry("data", DATA);
    }

    @Test
    void aStrangersRedirectUriGetsNothing() {
        Page page = person.open("/api/authorize.do?"
                + Caller.form("response_type", "code", "client_id", "demo", "redirect_uri", "http://evil.example/"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.body()).doesNotContain("evil.example");
    }
}
