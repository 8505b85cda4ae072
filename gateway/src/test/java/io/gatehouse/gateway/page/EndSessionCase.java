package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.Tokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Somebody who is logged in, and a client that wants to end that. */
abstract class EndSessionCase extends AccountCase {
    static final String BACK = "https://app.example.org/bye?from=us";
    static final String REDIRECT = TestBrowser.form("post_logout_redirect_uri", BACK, "state", "a b&c");
    static final String SENT_BACK = BACK + "&state=a+b%26c";

    /** What the hint {@code good} says. */
    IdTokens.Hint hint = new IdTokens.Hint("web", Tokens.SUBJECT, null, TestClock.START);

    @BeforeEach
    void readHints() {
        gateway.node.on(
                IdTokens.ReadHint.class,
                read -> new IdTokens.HintRead(read.idToken().reveal().equals("good") ? hint : null));
    }

    @Override
    Client client(String tenant) {
        Client plain = client(tenant, AuthMethod.CLIENT_SECRET_BASIC, CALLBACK);
        return new Client(
                tenant,
                plain.clientId(),
                plain.clientName(),
                plain.authMethod(),
                plain.secretDigests(),
                null,
                plain.redirectUris(),
                plain.grantTypes(),
                plain.responseTypes(),
                plain.scope(),
                null,
                true,
                false,
                0,
                1,
                TestClock.START,
                null,
                null,
                new OpenIdRegistration(
                        IdTokenAlgorithm.RS256, null, null, -1, false, List.of(BACK), null, false, null, null, null),
                null,
                null);
    }

    final RawReply get(String query) {
        return browser.get("/oauth2/logout?" + query);
    }

    static void assertSent(RawReply reply, String location) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(303);
        assertThat(reply.header("location")).isEqualTo(location);
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
    }

    final void assertStillLoggedIn() {
        assertThat(living("main")).hasSize(1);
        assertThat(browser.cookies).containsKey(SESSION);
        assertThat(gateway.node.asked(Sessions.End.class)).isEmpty();
    }

    final void assertLoggedOut() {
        assertThat(living("main")).isEmpty();
        assertThat(browser.cookies).doesNotContainKey(SESSION);
    }
}
