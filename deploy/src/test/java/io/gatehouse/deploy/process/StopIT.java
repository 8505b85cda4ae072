package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopIT {
    private static final String BODY = "grant_type=client_credentials&scope=api&client_id=demo"
            + "&client_secret=demo-secret-0123456789abcdef0123456789";

    @TempDir
    private Path folder;

    @Test
    void whatIsInFlightIsFinished() throws Exception {
        try (RunningNode node = RunningNode.start("stop", folder, Map.of(), "--demo");
                Socket half = halfARequest(node.address())) {
            node.child().terminate();
            node.child().awaitLine(line -> line.contains("stopping"));
            half.getOutputStream().write(BODY.substring(20).getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(half)).startsWith("HTTP/1.1 200 ").contains("access_token");
            assertThat(node.child().exitCode()).isZero();
        }
    }

    @Test
    void aSecondSignalStopsAtOnce() throws Exception {
        try (RunningNode node = RunningNode.start("stop-at-once", folder, Map.of(), "--demo");
                Socket half = halfARequest(node.address())) {
            node.child().terminate();
            node.child().awaitLine(line -> line.contains("stopping"));
            node.child().terminate();
            assertThat(node.child().exitCode()).isEqualTo(130);
            assertThat(half.isClosed()).isFalse();
        }
    }

    @Test
    void anIdleConnectionHoldsUpNothing() throws Exception {
        try (RunningNode node = RunningNode.start("stop-idle", folder, Map.of(), "--demo")) {
            Caller caller = new Caller(node.address());
            assertThat(caller.clientCredentials(Caller.DEMO_CLIENT).statusCode())
                    .isEqualTo(200);
            assertThat(node.stop()).isZero();
            assertThat(node.child().out()).noneMatch(line -> line.contains("given up"));
        }
    }

    private static Socket halfARequest(URI address) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(30_000);
        String head = "POST /oauth2/token HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: "
                + BODY.length() + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        // the server has read the head, so that the request is in flight
        assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 100 Continue");
        socket.getOutputStream().write(BODY.substring(0, 20).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
