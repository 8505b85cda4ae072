package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole node in front of a service that is not well, and of clients that mean no good. */
class DoorFaultsTest {
    private static final String HOST = "shop.example.org";
    private static final FaultyUpstream UPSTREAM = new FaultyUpstream();

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo()
            .with("server.request_timeout", "PT2S")
            .with(
                    "routes",
                    ("[{id: late, match: {host: shop.example.org, path: /stalls}, demand: bearer, timeout: PT1S,"
                                    + " upstream: ['http://127.0.0.1:%1$d']},"
                                    + "{id: begins, match: {host: shop.example.org, path: /begins-a-head}, demand: bearer, timeout: PT1S,"
                                    + " upstream: ['http://127.0.0.1:%1$d']},"
                                    + "{id: shop, match: {host: shop.example.org}, demand: bearer, upstream: ['http://127.0.0.1:%1$d']}]")
                            .formatted(UPSTREAM.port()));

    private static BareCaller caller;
    private static String bearer;

    @BeforeAll
    static void logIn() {
        caller = new BareCaller(NODE.address(), HOST);
        bearer = "Authorization: Bearer " + NODE.caller().logInForDemo().text("access_token");
    }

    @AfterAll
    static void stop() throws IOException {
        UPSTREAM.close();
    }

    @BeforeEach
    void forget() {
        UPSTREAM.asked.clear();
    }

    /** Whatever happened before, the next one is served. */
    @AfterEach
    void isWell() {
        Answer answer = caller.get("/good", bearer);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("good");
    }

    private static Socket connection() throws IOException {
        Socket socket = new Socket(NODE.address().getHost(), NODE.address().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What arrives of an answer before the connection ends, in whatever way. */
    private static String untilTheEnd(String path) throws IOException {
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        try (Socket socket = connection()) {
            socket.getOutputStream()
                    .write(octets("GET " + path + " HTTP/1.1\r\nHost: " + HOST + "\r\n" + bearer + "\r\n\r\n"));
            socket.getInputStream().transferTo(arrived);
        } catch (java.net.SocketException reset) {
            // An end as well.
        }
        return arrived.toString(StandardCharsets.US_ASCII);
    }

    /** Nobody takes the half for the whole: the connection ends, and the length or the last chunk is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"/dies", "/dies-in-chunks"})
    void anAnswerThatBreaksOffIsNoWholeOne(String path) throws IOException {
        String answer = untilTheEnd(path);
        if (!answer.startsWith("HTTP/1.1 200")) {
            assertThat(answer).startsWith("HTTP/1.1 502");
            return;
        }
        boolean chunked = answer.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked");
        assertThat(chunked).isEqualTo(path.equals("/dies-in-chunks"));
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                .hasSizeLessThan(60_000)
                .doesNotEndWith("\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/garbage",
                "/old",
                "/two-lengths",
                "/length-of-nothing",
                "/switches",
                "/endless-head",
                "/resets",
                "/closes"
            })
    void anAnswerThatIsNoneIs502(String path) {
        Answer answer = caller.get(path, bearer);
        assertThat(answer.status()).as(answer.body()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("127.0.0.1", "Exception", "good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stalls", "/begins-a-head"})
    void anAnswerThatDoesNotBeginInTimeIs504(String path) {
        assertThat(caller.get(path, bearer).status()).isEqualTo(504);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/good", "/dies", "/garbage", "/resets", "/stalls"})
    void withoutATokenItIsNotEvenAsked(String path) {
        assertThat(caller.get(path).status()).isEqualTo(401);
        assertThat(caller.get(path, bearer + "x").status()).isEqualTo(401);
        assertThat(UPSTREAM.asked).isEmpty();
    }

    /** Who sends a head letter by letter is cut off, and keeps nobody waiting. */
    @Test
    void slowHeadsAreCutOff() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Socket socket = connection();
            socket.getOutputStream().write(octets("GET /good HTTP/1.1\r\nHost: " + HOST + "\r\nX-Slow: "));
            slow.add(socket);
        }
        isWell();
        for (Socket socket : slow) {
            dribble(socket);
            socket.close();
        }
        assertThat(UPSTREAM.asked).containsOnly("GET /good HTTP/1.1").hasSize(1);
    }

    private static void dribble(Socket socket) throws InterruptedException {
        try {
            while (socket.getInputStream().available() == 0) {
                socket.getOutputStream().write('x');
                Thread.sleep(20);
            }
            String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(told).startsWith("HTTP/1.1 408");
        } catch (IOException cutOff) {
            // As it should be.
        }
    }

    /** A thousand, since the sockets of both ends lie in this process. */
    @Test
    void idleConnectionsKeepNobodyOut() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                idle.add(connection());
            }
            isWell();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
