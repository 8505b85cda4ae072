package io.gatehouse.gateway.request;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.client.GuardedHttpClient;
import io.gatehouse.gateway.oauth.ClientDocuments.Document;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched of documents that strangers name, from a server that answers as the test says. */
class FetchedDocumentsTest {
    private static final int LARGEST = 1_000;
    private static final List<Cidr> LOOPBACK = List.of(Cidr.parse("127.0.0.0/8"));

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    private final FetchedDocuments documents =
            new FetchedDocuments(new GuardedHttpClient(vertx, LOOPBACK, Duration.ofSeconds(25)));
    private Consumer<HttpServerRequest> answer = request ->
            request.response().putHeader("Content-Type", "application/json").end("{}");
    private URI place;

    @BeforeEach
    void serve() {
        int port = await(vertx.createHttpServer()
                        .requestHandler(request -> {
                            requests.add(request);
                            answer.accept(request);
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
        place = URI.create("http://127.0.0.1:" + port + "/client.json");
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    /** As it is used: on one event loop. */
    private Future<Document> fetch(FetchedDocuments from) {
        Promise<Document> done = Promise.promise();
        vertx.runOnContext(here -> from.fetch(place, LARGEST).onComplete(done));
        return done.future();
    }

    private void assertUseless() {
        assertThat(refusal(fetch(documents)))
                .isInstanceOfSatisfying(
                        OAuthError.Protocol.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.INVALID_CLIENT_METADATA));
    }

    @Test
    void whatLiesThereIsFetchedEachTimeAnew() {
        assertThat(await(fetch(documents)).text()).isEqualTo("{}");
        answer = request -> request.response().end("{\"a\":1}");
        assertThat(await(fetch(documents)).text()).isEqualTo("{\"a\":1}");
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.getHeader("Accept")).isEqualTo("application/json");
            assertThat(request.getHeader("Authorization")).isNull();
            assertThat(request.getHeader("Cookie")).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource({"1000, true", "1001, false", "70000, false"})
    void largerOnesCountForNothing(int size, boolean counts) {
        answer = request -> request.response().end(" ".repeat(size));
        if (counts) {
            assertThat(await(fetch(documents)).text()).hasSize(size);
        } else {
            assertUseless();
        }
    }

    /** Not what it says of its length, but what comes. */
    @Test
    void norDoOnesThatDoNotEnd() {
        answer = request -> {
            request.response().setChunked(true);
            long timer = vertx.setPeriodic(1, tick -> {
                if (!request.response().closed()) {
                    request.response().write(" ".repeat(8_000));
                }
            });
            request.response().closeHandler(gone -> vertx.cancelTimer(timer));
        };
        assertUseless();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) {
        answer = request -> request.response()
                .setStatusCode(status)
                .putHeader("Location", place.resolve("/elsewhere.json").toString())
                .end("{}");
        assertUseless();
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 404, 500})
    void onlyAnAnswerOf200IsADocument(int status) {
        answer = request -> request.response().setStatusCode(status).end();
        assertUseless();
    }

    /** What it says it is does not count: whoever reads it takes nothing but JSON. */
    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "text/plain", "application/x-client+json"
            })
    void theTypeDoesNotCount(String type) {
        answer = request -> request.response().putHeader("Content-Type", type).end("{}");
        assertThat(await(fetch(documents)).text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "max-age=600|600",
                "public, max-age=600|600",
                "Max-Age = \"600\"|600",
                "max-age=600, no-cache|0",
                "no-store|0",
                "max-age=0|0",
                "s-maxage=600|none",
                "private|none",
                "max-age=99999999999|999999999",
                "none|none"
            })
    void itsLifeIsWhatCacheControlSays(String cacheControl, Long seconds) {
        answer = request -> {
            if (cacheControl != null) {
                request.response().putHeader("Cache-Control", cacheControl);
            }
            request.response().end("{}");
        };
        assertThat(await(fetch(documents)).life()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @Test
    void nothingIsFetchedOfThisMachine_whateverIsAllowed() {
        FetchedDocuments real = FetchedDocuments.by(new GuardedHttpClient(vertx, LOOPBACK));
        assertThat(refusal(fetch(real))).isInstanceOf(OAuthError.Protocol.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void moreThanAFewAtOnceMustWait() {
        List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
        answer = held::add;
        List<Future<Document>> first = new ArrayList<>();
        Promise<Document> one = Promise.promise();
        vertx.runOnContext(here -> {
            for (int i = 0; i < FetchLanes.MOST_OF_HOST; i++) {
                first.add(documents.fetch(place, LARGEST));
            }
            documents.fetch(place, LARGEST).onComplete(one);
        });
        assertThat(refusal(one.future())).isInstanceOf(OAuthError.Throttled.class);
        eventually("all are there", () -> held.size() == FetchLanes.MOST_OF_HOST);
        answer = request -> request.response().end("{}");
        held.forEach(request -> request.response().end("{}"));
        first.forEach(future -> assertThat(await(future).text()).isEqualTo("{}"));
        assertThat(await(fetch(documents)).text()).isEqualTo("{}");
    }
}
