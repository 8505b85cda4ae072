package io.gatehouse.gateway.http;

import static io.gatehouse.gateway.http.RawHttp2.DATA;
import static io.gatehouse.gateway.http.RawHttp2.END_STREAM;
import static io.gatehouse.gateway.http.RawHttp2.PING;
import static io.gatehouse.gateway.http.RawHttp2.usual;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for requests hold over HTTP/2 as over HTTP/1 (RFC 9113). */
class Http2Test extends Http2Limits {
    private static final int PROTOCOL_ERROR = 1;
    private static final int SETTINGS_INITIAL_WINDOW_SIZE = 4;

    @TempDir
    static Path folder;

    private static ServerFiles files;
    private static TestServer server;

    @BeforeAll
    static void start() {
        files = new ServerFiles(folder);
        server = with(Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    private static TestServer with(Duration idle, Duration request) {
        return never(TestServer.with(
                        TestServer.Settings.USUAL.tls(files.config()).times(idle, request)))
                .on(HttpMethod.GET, "/cookie", exchange -> TestServer.text(String.valueOf(exchange.cookie("b"))))
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    RawHttp2 connect() {
        return RawHttp2.connect(files.trusting(), server.port());
    }

    private RawHttp2.Answer ask(String... fields) {
        try (RawHttp2 client = connect()) {
            return client.answer(client.open(END_STREAM, fields));
        }
    }

    @Test
    void aBodyNeedNotBeAnnounced() {
        try (RawHttp2 client = connect()) {
            int stream = client.post("/echo");
            client.frame(DATA, 0, stream, "a=1&".getBytes()).frame(DATA, END_STREAM, stream, "b=2".getBytes());
            assertThat(client.answer(stream).body()).isEqualTo("a=1&b=2");
            int empty = client.open(END_STREAM, usual("POST", "/length"));
            assertThat(client.answer(empty).body()).isEqualTo("0");
        }
    }

    @Test
    void anAnswerToHeadHasNoBody() {
        RawHttp2.Answer answer = ask(usual("HEAD", "/now"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-length", "3");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName(
            "RFC 9113, 8.3.1: a request without :method, :scheme or :path, or for another host than :authority, is malformed")
    @CsvSource(
            delimiter = '|',
            value = {
                ":scheme=https :authority=a :path=/now",
                ":method=GET :authority=a :path=/now",
                ":method=GET :scheme=https :authority=a",
                ":method=GET :scheme=https :authority=a :path=",
                ":method=GET :scheme=https :authority=a :path=/now host=b",
                ":method=GET :scheme=https :authority=a :path=/now :odd=1",
                ":method=GET :method=POST :scheme=https :authority=a :path=/now",
                ":method=GET :scheme=https :authority=a :path=/now :path=/never",
                ":method=GET :scheme=https :path=/now x=1 :authority=a",
                ":method=GET :scheme=https :authority=a :path=/now X-Upper=1",
                ":method=GET :scheme=https :authority=a :path=/now transfer-encoding=chunked",
                ":method=GET :scheme=https :authority=a :path=/now connection=close",
                ":method=GET :scheme=https :authority=a :path=/now te=gzip",
                ":method=GET :scheme=https :authority=a :path=/now content-length=5"
            })
    void malformedRequestsReachNobody(String fields) {
        int before = server.calls.get();
        RawHttp2.Answer answer = ask(fields.split("[ =]", -1));
        assertThat(answer.reset() == PROTOCOL_ERROR || answer.status() == 400)
                .as("%s", answer)
                .isTrue();
        assertThat(server.calls).hasValue(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":method=GET :scheme=http :authority=a :path=/now|400",
                ":method=GET :scheme=https :authority=a :path=now|400",
                ":method=GET :scheme=https :authority=a :path=*|400",
                ":method=GET :scheme=https :authority=a :path=https://b/now|400",
                ":method=GET :scheme=https host=a host=b :path=/now|0",
                ":method=GET :scheme=https :path=/now host=a|400",
                ":method=GET :scheme=https :authority=a :path=/now host=a host=a|400",
                ":method=GET :scheme=https :authority=a :path=/now x_y=1|400",
                ":method=GET :scheme=https :authority=a :path=/now authorization=a authorization=b|400",
                ":method=GET :scheme=https :authority=a :path=/now dpop=a dpop=b|400",
                ":method=GET :scheme=https :authority=a :path=/now upgrade=h2c|400",
                ":method=CONNECT :authority=a|400"
            })
    void whatTwoServersMightReadDifferentlyIsRefused(String fields, int status) {
        int before = server.calls.get();
        RawHttp2.Answer answer = ask(fields.split("[ =]", -1));
        assertThat(answer.status() == status || answer.reset() == PROTOCOL_ERROR)
                .as("%s", answer)
                .isTrue();
        assertThat(server.calls).hasValue(before);
    }

    @Test
    @DisplayName("RFC 9113, 8.2.3: a cookie header that comes in crumbs is one, and a cookie that comes twice is none")
    void cookieCrumbs() {
        assertThat(ask(usual("GET", "/cookie", "cookie", "a=1", "cookie", "b=2", "cookie", "c=3"))
                        .body())
                .isEqualTo("2");
        assertThat(ask(usual("GET", "/cookie", "cookie", "b=2", "cookie", "b=3"))
                        .body())
                .isEqualTo("null");
    }

    @Test
    void slowBodiesAreCutOff() {
        try (TestServer impatient = with(Duration.ofSeconds(60), Duration.ofSeconds(1));
                RawHttp2 client = RawHttp2.connect(files.trusting(), impatient.port())) {
            int stream = client.post("/length", "content-length", "10");
            client.frame(DATA, 0, stream, new byte[5]);
            assertThat(client.answer(stream).status()).isEqualTo(408);
            assertThat(client.answer(client.get("/now")).body()).isEqualTo("now");
        }
    }

    @Test
    @DisplayName("CVE-2019-9517: whoever asks and does not read is cut off, however busy the connection is")
    void stalledRepliesAreCutOff() throws Exception {
        try (TestServer impatient = with(Duration.ofSeconds(2), Duration.ofSeconds(60));
                RawHttp2 client = RawHttp2.connect(
                        files.trusting(), impatient.port(), RawHttp2.setting(SETTINGS_INITIAL_WINDOW_SIZE, 0))) {
            client.get("/now");
            boolean cut = false;
            for (int i = 0; i < 120 && !cut; i++) {
                try {
                    client.frame(PING, 0, 0, ByteBuffer.allocate(8).putLong(i).array());
                    long expected = i;
                    client.await(frame -> frame.type() == PING
                            && ByteBuffer.wrap(frame.payload()).getLong() == expected);
                    Thread.sleep(250);
                } catch (RawHttp2.Closed closed) {
                    cut = true;
                }
            }
            assertThat(cut).isTrue();
        }
    }
}
