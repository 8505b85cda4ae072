package io.gatehouse.gateway.client;

import static io.gatehouse.gateway.client.Elsewhere.LOOPBACK;
import static io.gatehouse.gateway.client.Elsewhere.NAME;
import static io.gatehouse.gateway.client.Elsewhere.get;
import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.RegisteredKeys;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.gatehouse.gateway.client.OutboundFailure.Reason;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the operator allows counts for clients that the configuration declares, and for no other (CVE-2026-4366 and its like).
 */
class StrangerUrlsTest {
    private static final String KEYS =
            "{\"keys\":[{\"kty\":\"OKP\",\"kid\":\"one\",\"crv\":\"Ed25519\",\"x\":\"AA\"}]}";

    private final Elsewhere elsewhere = new Elsewhere();
    private final int port = elsewhere.serve(request -> request.response().end(KEYS));
    private final GuardedHttpClient client = elsewhere.client(LOOPBACK);

    @AfterEach
    void stop() {
        elsewhere.close();
    }

    @Test
    void aDeclaredClientsUrl_mayLeadWhereTheOperatorAllows() {
        assertThat(await(client.of(client("declared", null)).send(get("http://%s:%d/", NAME, port)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nobodyElsesMay_byAnySpelling() {
        for (String host : List.of("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", NAME, "169.254.169.254")) {
            for (String scheme : List.of("http", "https")) {
                Future<OutboundResponse> sent =
                        client.of(client("stranger", registration())).send(get(scheme + "://%s:%d/", host, port));
                assertThat(catchThrowableOfType(OutboundFailure.class, () -> await(sent))
                                .reason())
                        .as(scheme + " " + host)
                        .isIn(Reason.ADDRESS, Reason.URL);
            }
        }
        assertThat(elsewhere.connections).hasValue(0);
    }

    /** Also where a declared client of the same URL had it fetched a moment ago. */
    @Test
    void keysThatOneMayHave_areNotGivenToTheOther() {
        FetchedKeySets sets = new FetchedKeySets(client, new TestClock());
        assertThat(await(onLoop(() -> sets.of(client("declared", null), "one"))))
                .isEqualTo(KEYS);
        TestNode.refusal(onLoop(() -> sets.of(client("stranger", registration()), "one")));
        assertThat(elsewhere.requests).hasValue(1);
    }

    private <T> Future<T> onLoop(Callable<Future<T>> work) {
        Promise<T> done = Promise.promise();
        elsewhere.vertx.runOnContext(here -> {
            try {
                work.call().onComplete(done);
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    private static SelfRegistration registration() {
        return new SelfRegistration(Source.REGISTRATION, null, true, null, null, List.of(), null, null, null, true);
    }

    private Client client(String clientId, @Nullable SelfRegistration registration) {
        return new Client(
                "main",
                clientId,
                null,
                AuthMethod.PRIVATE_KEY_JWT,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                Scope.EMPTY,
                null,
                true,
                false,
                0,
                0,
                TestClock.START,
                null,
                null,
                null,
                new OAuthRegistration(
                        new RegisteredKeys(null, "http://" + NAME + ":" + port + "/keys", null), null, false, null),
                registration);
    }
}
