package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.UserState;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a token for an assertion is bound to and ends with, and that an assertion counts once on every store. */
class AssertionGrantFlowTest extends AssertionGrantCase {
    private static final int AT_ONCE = 64;

    @Test
    void ofManyUsesAtOnceOneCounts() {
        String assertion = usual().signed(EC);
        List<CompletableFuture<Answer>> all = Stream.generate(
                        () -> caller.postLater("/oauth2/token", Caller.basic("app", SECRET), pairs(assertion)))
                .limit(AT_ONCE)
                .toList();
        List<Integer> statuses =
                all.stream().map(CompletableFuture::join).map(Answer::status).toList();
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 400).hasSize(AT_ONCE - 1);
    }

    @Test
    void keysAreFetchedWhereTheIssuerPublishesThem() {
        SERVER.publish(set(Assertion.jwk(EC, "remote")));
        int before = SERVER.requests.get();
        claims(grant(of(REMOTE, "ada").header("kid", "remote").signed(EC)));
        for (int i = 0; i < 10; i++) {
            claims(grant(of(REMOTE, "ada").signed(EC)));
            assertRefused(grant(of(REMOTE, "ada").signed(OTHER)));
            assertRefused(grant(of(REMOTE, "ada").header("kid", "new").signed(EC)));
        }
        // Each event loop fetches them once.
        assertThat(SERVER.requests.get() - before)
                .isBetween(1, Runtime.getRuntime().availableProcessors());
    }

    @Test
    void theTokenIsForTheServiceThatIsNamed() {
        assertThat(claims(grant(usual().signed(EC), "resource", STOCK)).getString("aud"))
                .isEqualTo(STOCK);
        assertThat(claims(grant(usual().signed(EC))).getString("aud")).isEqualTo(ISSUER);
        assertThat(grant(usual().signed(EC), "resource", "https://other.example.org/")
                        .error())
                .isEqualTo("400 invalid_target");
    }

    @Test
    void theTokenIsBoundToAKeyThatIsProved() {
        ProofKey key = ProofKey.make(URI.create(ISSUER));
        Answer answer = caller.send(
                "POST",
                "/oauth2/token",
                Caller.form(pairs(usual().signed(EC))),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                Caller.basic("bound", SECRET),
                "DPoP",
                key.proof());
        assertThat(claims(answer).getJsonObject("cnf").getString("jkt")).isEqualTo(key.thumbprint());
        String unused = usual().signed(EC);
        assertThat(grantTo("bound", unused).error()).isEqualTo("400 invalid_dpop_proof");
        claims(grant(unused));
    }

    @Test
    void aPairwiseClientIsToldItsOwnNameOfTheUser() {
        JsonObject claims = claims(grantTo("pair", usual().signed(EC)));
        assertThat(claims.getString("sub")).hasSize(22);
        assertThat(claims.encode())
                .doesNotContain(claims(grant(usual().signed(EC))).getString("sub"));
    }

    @Test
    void anAssertionOfAUserAuthenticatesNoClient() {
        Answer answer = caller.post(
                "/oauth2/token",
                null,
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                of(PARTNER, "app").signed(EC));
        assertThat(answer.error()).isEqualTo("401 invalid_client");
    }

    @Test
    void theTokenIsRevokedAlone() {
        String token = grant(usual().signed(EC)).text("access_token");
        String other = grant(usual().signed(EC)).text("access_token");
        assertThat(caller.post("/oauth2/revoke", Caller.basic("app", SECRET), "token", token)
                        .status())
                .isEqualTo(200);
        assertThat(isActive(token)).isFalse();
        assertThat(isActive(other)).isTrue();
    }

    @Test
    void aUserWhoIsBlockedLosesTheTokenAndGetsNone() {
        String token = grant(of(PARTNER, "eve").signed(EC)).text("access_token");
        assertThat(isActive(token)).isTrue();
        NODE.change(store -> store.users()
                .named("main", new LoginName(LoginName.Kind.USERNAME, "eve"))
                .compose(user ->
                        store.users().setState("main", user.profile().subject(), UserState.BLOCKED, Instant.now())));
        caller = NODE.caller();
        assertThat(isActive(token)).isFalse();
        assertRefused(grant(of(PARTNER, "eve").signed(EC)));
    }
}
