package io.gatehouse.gateway.client;

import static io.gatehouse.gateway.client.Elsewhere.LOOPBACK;
import static io.gatehouse.gateway.client.Elsewhere.NAME;
import static io.gatehouse.gateway.client.Elsewhere.get;
import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.gateway.client.OutboundFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedHttpClientTest {
    private final Elsewhere elsewhere = new Elsewhere();

    @AfterEach
    void stop() {
        elsewhere.close();
    }

    private static Reason refusal(Future<OutboundResponse> sent) {
        return catchThrowableOfType(OutboundFailure.class, () -> await(sent)).reason();
    }

    private static void ok(HttpServerRequest request) {
        request.response().end("ok");
    }

    @Test
    void aFormArrivesWhereItWasMeantFor() {
        List<String> seen = new CopyOnWriteArrayList<>();
        int port = elsewhere.serve(request -> request.body().onSuccess(body -> {
            seen.addAll(List.of(
                    request.method() + " " + request.uri(),
                    request.getHeader("Host"),
                    request.getHeader("Content-Type"),
                    request.getHeader("Cache-Control"),
                    body.toString()));
            request.response().setStatusCode(201).end("thanks");
        }));
        URI url = URI.create("http://" + NAME + ":" + port + "/logout?a=b");

        OutboundResponse response =
                await(elsewhere.client(LOOPBACK).send(OutboundRequest.form(url, "token", "a.b+c d")));

        assertThat(response).isEqualTo(new OutboundResponse(201, Buffer.buffer("thanks"), null));
        assertThat(seen)
                .containsExactly(
                        "POST /logout?a=b",
                        NAME + ":" + port,
                        "application/x-www-form-urlencoded",
                        "no-store",
                        "token=a.b%2Bc+d");
    }

    @Test
    void whatOnlyThisMachineReachesIsRefusedByAnySpelling() {
        int port = elsewhere.serve(GuardedHttpClientTest::ok);
        GuardedHttpClient client = elsewhere.client(List.of());
        for (String host : List.of("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", NAME)) {
            assertThat(refusal(client.send(get("https://%s:%d/", host, port))))
                    .as(host)
                    .isEqualTo(Reason.ADDRESS);
            assertThat(refusal(client.send(get("http://%s:%d/", host, port))))
                    .as(host)
                    .isEqualTo(Reason.ADDRESS);
        }
        assertThat(elsewhere.connections).hasValue(0);
    }

    /** 2130706433, 0x7f000001 and 127.1 are loopback to some resolvers: by whatever this one says, nothing gets through. */
    @Test
    void numbersAsHostsReachNothing() {
        int port = elsewhere.serve(GuardedHttpClientTest::ok);
        for (String host : List.of("2130706433", "0x7f000001", "127.1", "0")) {
            assertThat(refusal(elsewhere.client(List.of()).send(get("http://%s:%d/", host, port))))
                    .as(host)
                    .isIn(Reason.URL, Reason.NAME, Reason.ADDRESS);
        }
        assertThat(elsewhere.connections).hasValue(0);
    }

    @Test
    void whatIsAllowedIsReachedByNameAndByAddress() {
        int port = elsewhere.serve(GuardedHttpClientTest::ok);
        GuardedHttpClient client = elsewhere.client(LOOPBACK);
        for (String host : List.of("127.0.0.1", "[::ffff:127.0.0.1]", NAME)) {
            assertThat(await(client.send(get("http://%s:%d/", host, port))).status())
                    .as(host)
                    .isEqualTo(200);
        }
    }

    @Test
    void anotherAllowedAddressDoesNotHelp() {
        int port = elsewhere.serve(GuardedHttpClientTest::ok);
        GuardedHttpClient client = elsewhere.client(List.of(Cidr.parse("127.0.0.2"), Cidr.parse("10.0.0.0/8")));

        assertThat(refusal(client.send(get("http://%s:%d/", NAME, port)))).isEqualTo(Reason.ADDRESS);
        assertThat(elsewhere.connections).hasValue(0);
    }

    @Test
    void aRedirectIsAnAnswer() {
        int inside = elsewhere.serve(GuardedHttpClientTest::ok);
        for (int status : List.of(301, 302, 303, 307, 308)) {
            int port = elsewhere.serve(request -> request.response()
                    .setStatusCode(status)
                    .putHeader("Location", "http://127.0.0.1:" + inside + "/")
                    .end());
            assertThat(await(elsewhere.client(LOOPBACK).send(get("http://127.0.0.1:%d/", port)))
                            .status())
                    .isEqualTo(status);
        }
        assertThat(elsewhere.requests).hasValue(5);
    }

    @Test
    void aBodyHasABound() {
        int port = elsewhere.serve(request -> request.response()
                .end(Buffer.buffer(new byte[Integer.parseInt(request.path().substring(1))])));
        GuardedHttpClient client = elsewhere.client(LOOPBACK);
        int most = GuardedHttpClient.LARGEST_BODY;

        assertThat(await(client.send(get("http://127.0.0.1:%d/%d", port, most)))
                        .body()
                        .length())
                .isEqualTo(most);
        assertThat(refusal(client.send(get("http://127.0.0.1:%d/%d", port, most + 1))))
                .isEqualTo(Reason.SIZE);
    }

    @Test
    void aBodyWithoutEndHasABound() {
        int port = elsewhere.serve(request -> {
            request.response().setChunked(true);
            elsewhere.vertx.setPeriodic(1, tick -> request.response().write(Buffer.buffer(new byte[4096])));
        });

        assertThat(refusal(elsewhere.client(LOOPBACK).send(get("http://127.0.0.1:%d/", port))))
                .isEqualTo(Reason.SIZE);
        eventually("the connection is closed", () -> elsewhere.closed.get() == 1);
    }

    @Test
    void timeHasABoundForTheAnswer() {
        int port = elsewhere.serve(request -> {});

        assertThat(refusal(elsewhere.hastyClient().send(get("http://127.0.0.1:%d/", port))))
                .isEqualTo(Reason.TIME);
    }

    /** Bytes keep coming, so that no idle timeout would end it. */
    @Test
    void timeHasABoundForTheWhole() {
        int port = elsewhere.serve(request -> {
            request.response().setChunked(true);
            elsewhere.vertx.setPeriodic(20, tick -> request.response().write("x"));
        });

        assertThat(refusal(elsewhere.hastyClient().send(get("http://127.0.0.1:%d/", port))))
                .isEqualTo(Reason.TIME);
        eventually("the connection is closed", () -> elsewhere.closed.get() == elsewhere.connections.get());
    }

    @Test
    void timeHasABoundForTheHandshake() {
        List<Object> held = new ArrayList<>();
        int port = await(elsewhere
                        .vertx
                        .createNetServer()
                        .connectHandler(held::add)
                        .listen(0, "127.0.0.1"))
                .actualPort();

        assertThat(refusal(elsewhere.hastyClient().send(get("https://127.0.0.1:%d/", port))))
                .isIn(Reason.TIME, Reason.CONNECTION);
    }

    @Test
    void noConnectionIsAFailure() {
        int port = await(elsewhere
                        .vertx
                        .createNetServer()
                        .connectHandler(socket -> socket.close())
                        .listen(0, "127.0.0.1"))
                .actualPort();

        assertThat(refusal(elsewhere.client(LOOPBACK).send(get("http://127.0.0.1:%d/", port))))
                .isEqualTo(Reason.CONNECTION);
    }

    @Test
    void anUnknownNameIsAFailure() {
        assertThat(refusal(elsewhere.client(LOOPBACK).send(get("https://nobody.invalid/"))))
                .isEqualTo(Reason.NAME);
    }

    @Test
    void aConnectionServesOneRequest() {
        int port = elsewhere.serve(GuardedHttpClientTest::ok);
        GuardedHttpClient client = elsewhere.client(LOOPBACK);
        for (int i = 0; i < 3; i++) {
            await(client.send(get("http://127.0.0.1:%d/", port)));
        }
        assertThat(elsewhere.connections).hasValue(3);
    }
}
