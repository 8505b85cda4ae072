package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mutilated requests: each connection ends, no accident happens, and the next one is served. */
class RandomRequestTest {
    private static final Pattern SERVER_ERROR = Pattern.compile("HTTP/\\d\\.\\d 5\\d\\d");
    private static final String[] WHOLE = {
        "GET /now?a=b HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
        "POST /length HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: x\r\n\r\n",
        "HEAD http://a/t/shop/tenant HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    };
    private TestServer server;
    private IncidentLog log;

    @BeforeEach
    void start() {
        server = TestServer.start();
        log = IncidentLog.listen();
    }

    @AfterEach
    void stop() {
        log.close();
        server.close();
    }

    @Test
    void nothingThatIsSentIsAnAccident() {
        Random random = new Random(7);
        for (int i = 0; i < 1500; i++) {
            String request = mutilated(WHOLE[random.nextInt(WHOLE.length)], random);
            try (RawClient client = server.connect()) {
                client.sendWhilePossible(RawClient.latin1(request));
                client.finishSending();
                assertThat(client.readToEnd()).as(request).doesNotContainPattern(SERVER_ERROR);
            }
        }
        assertThat(log.incidents()).isEmpty();
        assertThat(server.exchange("GET /now HTTP/1.1", "Host: a").body()).isEqualTo("now");
    }

    private static String mutilated(String whole, Random random) {
        StringBuilder request = new StringBuilder(whole);
        for (int i = random.nextInt(5); i >= 0; i--) {
            int at = random.nextInt(request.length());
            switch (random.nextInt(4)) {
                case 0 -> request.deleteCharAt(at);
                case 1 -> request.setCharAt(at, (char) random.nextInt(256));
                case 2 -> request.insert(at, WHOLE[random.nextInt(WHOLE.length)]);
                default -> request.insert(at, "\r\n \t:;,\u0000".charAt(random.nextInt(8)));
            }
        }
        return request.toString();
    }
}
