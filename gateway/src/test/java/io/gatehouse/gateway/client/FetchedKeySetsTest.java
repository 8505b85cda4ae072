package io.gatehouse.gateway.client;

import static io.gatehouse.gateway.client.Elsewhere.LOOPBACK;
import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.RegisteredKeys;
import io.gatehouse.common.model.Scope;
import io.gatehouse.gateway.oauth.TestClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who publishes keys is asked seldom, whatever comes in. */
class FetchedKeySetsTest {
    private static final String ONE = "{\"keys\":[{\"kty\":\"OKP\",\"kid\":\"one\",\"crv\":\"Ed25519\",\"x\":\"AA\"}]}";
    private static final String TWO = ONE.replace("one", "two");

    private final Elsewhere elsewhere = new Elsewhere();
    private final TestClock clock = new TestClock();
    private volatile String published = ONE;
    private volatile int status = 200;
    private final int port =
            elsewhere.serve(request -> request.response().setStatusCode(status).end(published));
    private FetchedKeySets sets = sets(LOOPBACK);

    @AfterEach
    void stop() {
        elsewhere.close();
    }

    private FetchedKeySets sets(List<Cidr> allow) {
        return new FetchedKeySets(elsewhere.client(allow), clock);
    }

    private Client client() {
        return client("http://127.0.0.1:" + port + "/keys");
    }

    private static Client client(@Nullable String uri) {
        return new Client(
                "main",
                "app",
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
                new OAuthRegistration(new RegisteredKeys(null, uri, null), null, false, null),
                null);
    }

    /** As it is used: on one event loop. */
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

    private Future<String> find(@Nullable String kid) {
        return onLoop(() -> sets.of(client(), kid));
    }

    private static void assertRefused(Future<?> found) {
        assertThat(((OAuthError.Protocol) refusal(found)).code()).isEqualTo(Code.INVALID_CLIENT);
    }

    @Test
    void aSetIsFetchedOnceInFiveMinutes() {
        assertThat(await(find("one"))).isEqualTo(ONE);
        clock.pass(Duration.ofMinutes(5).minusMillis(1));
        published = TWO;
        assertThat(await(find("one"))).isEqualTo(ONE);
        assertThat(elsewhere.requests).hasValue(1);
        clock.pass(Duration.ofMillis(1));
        assertThat(await(find("one"))).isEqualTo(TWO);
        assertThat(elsewhere.requests).hasValue(2);
    }

    @Test
    void manyAtOnceAskOnce() {
        List<Future<String>> found = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            found.add(find("one"));
        }
        found.forEach(set -> assertThat(await(set)).isEqualTo(ONE));
        assertThat(elsewhere.requests).hasValue(1);
    }

    @Test
    void anUnknownKidAsksAgainOnceInHalfAMinute() {
        await(find("one"));
        published = TWO;
        assertThat(await(find("two"))).as("too soon").isEqualTo(ONE);
        clock.pass(Duration.ofSeconds(30));
        assertThat(await(find("two"))).isEqualTo(TWO);
        for (int i = 0; i < 9; i++) {
            assertThat(await(find("three"))).isEqualTo(TWO);
        }
        assertThat(elsewhere.requests).hasValue(2);
    }

    /** Else a stranger's key would let every honest assertion wait. */
    @Test
    void aKnownKidWaitsForNoFetch() {
        await(find("one"));
        clock.pass(Duration.ofSeconds(31));
        await(onLoop(() -> {
            Future<String> another = sets.of(client(), "two");
            Future<String> known = sets.of(client(), "one");
            assertThat(another.isComplete()).isFalse();
            assertThat(known.result()).isEqualTo(ONE);
            return another;
        }));
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftAloneForHalfAMinute() {
        status = 500;
        for (int i = 0; i < 9; i++) {
            assertRefused(find("one"));
        }
        assertThat(elsewhere.requests).hasValue(1);
        status = 200;
        clock.pass(Duration.ofSeconds(30));
        assertThat(await(find("one"))).isEqualTo(ONE);
    }

    @Test
    void aSetCountsToItsEndThoughItCannotBeFetchedAgain() {
        await(find("one"));
        status = 302;
        for (int i = 0; i < 9; i++) {
            clock.pass(Duration.ofSeconds(33));
            assertThat(await(find("two"))).as("after " + i).isEqualTo(ONE);
        }
        clock.pass(Duration.ofSeconds(3));
        clock.pass(Duration.ofSeconds(30));
        assertRefused(find("one"));
    }

    @Test
    void whatIsNoSetOfPublicKeysIsNone() {
        for (String bad : List.of("", "<html>", "{}", "{\"keys\":[]}", ONE.replace("\"x\"", "\"d\""), ONE + ONE)) {
            published = bad;
            sets = sets(LOOPBACK);
            assertRefused(find("one"));
        }
        published = "x".repeat(70_000);
        sets = sets(LOOPBACK);
        assertRefused(find("one"));
    }

    @Test
    void anAddressThatIsNotAllowedIsNotAsked() {
        sets = sets(List.of());
        assertRefused(find("one"));
        assertThat(elsewhere.connections).hasValue(0);
    }

    @Test
    void whoPublishesNothingIsNotAsked() {
        assertThat(await(onLoop(() -> sets.of(client(null), "one")))).isNull();
        assertThat(elsewhere.requests).hasValue(0);
    }
}
