package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A device that polls (RFC 8628), and the user beside it.
 *
 * @param secret null: a public client
 */
record DeviceFlow(Caller caller, String clientId, String secret) {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";

    /** The confidential client of the demo data. */
    static DeviceFlow demo(Caller caller) {
        return new DeviceFlow(caller, "demo", RunningNode.DEMO_SECRET);
    }

    /** Asks for codes; names and values in turn are parameters. */
    Answer ask(String... parameters) {
        return caller.post("/oauth2/device_authorization", authorization(), named(parameters));
    }

    /** Asks for codes, and gets them. */
    Answer begin(String scope) {
        Answer answer = ask("scope", scope);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    Answer poll(Answer begun) {
        return poll(begun.text("device_code"));
    }

    Answer poll(String deviceCode) {
        return caller.post(
                "/oauth2/token", authorization(), named("grant_type", GRANT_TYPE, "device_code", deviceCode));
    }

    CompletableFuture<Answer> pollLater(Answer begun) {
        return caller.postLater(
                "/oauth2/token",
                authorization(),
                named("grant_type", GRANT_TYPE, "device_code", begun.text("device_code")));
    }

    /** The question that the user is asked, once logged in and with the code typed. */
    static Page question(Person person, Answer begun) {
        Page page = person.open("/device");
        Page entry = page.asksForPassword() ? person.logIn(page) : page;
        return person.submit(entry, "user_code", begun.text("user_code"));
    }

    static void allow(Person person, Answer begun) {
        Page done = person.submit(question(person, begun), "decision", "allow");
        assertThat(done.body()).contains("Your device is connected");
    }

    /** The whole dance, which must work. */
    Answer tokens(Person person, String scope) {
        Answer begun = begin(scope);
        allow(person, begun);
        Answer tokens = poll(begun);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return tokens;
    }

    private String authorization() {
        return secret == null ? null : Caller.basic(clientId, secret);
    }

    private String[] named(String... parameters) {
        List<String> pairs = new ArrayList<>(List.of(parameters));
        if (secret == null) {
            pairs.addAll(List.of("client_id", clientId));
        }
        return pairs.toArray(String[]::new);
    }
}
