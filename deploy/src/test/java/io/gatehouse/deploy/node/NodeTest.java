package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("it looks at all threads of the process")
class NodeTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void everyPartRunsOnEveryEventLoop() throws Exception {
        try (NodeProcess node = start(Map.of("server.event_loops", "3"))) {
            JsonObject ready = new JsonObject(get(node.management(), "/health/ready"));
            assertThat(ready.getString("status")).isEqualTo("ready");
            assertThat(ready.getJsonObject("parts").getJsonObject("store").getString("kind"))
                    .isEqualTo("embedded");
            assertThat(ready.getJsonObject("parts").getJsonObject("token").getString("crypto"))
                    .isNotBlank();
            assertThat(threads()).contains("loop-0", "loop-1", "loop-2");
            assertThat(node.stop()).isTrue();
        }
        assertThat(threads()).doesNotContain("loop-0", "loop-1", "loop-2");
    }

    @Test
    void connectionsAreDealtOutToEveryEventLoop() throws Exception {
        Set<String> answering = ConcurrentHashMap.newKeySet();
        AppenderBase<ILoggingEvent> witness = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                answering.add(Thread.currentThread().getName());
            }
        };
        Logger access = (Logger) LoggerFactory.getLogger("gatehouse.access");
        try (NodeProcess node = start(Map.of("server.event_loops", "2", "log.access", "true"))) {
            witness.start();
            access.addAppender(witness);
            for (int connection = 0; connection < 4; connection++) {
                get(node.address(), "/oauth2/jwks");
            }
            // a line may be written after the answer
            node.stop();
        } finally {
            access.detachAppender(witness);
        }
        assertThat(answering).containsExactlyInAnyOrder("loop-0", "loop-1");
    }

    @Test
    void aNodeStartsWhereAnotherHasStopped() throws Exception {
        for (int round = 0; round < 2; round++) {
            try (NodeProcess node = start(Map.of())) {
                assertThat(get(node.address(), "/.well-known/oauth-authorization-server"))
                        .contains(node.address().toString());
                node.stop();
            }
        }
    }

    @Test
    void aNodeOfSomeRolesServesNobodyButItsHealth() throws Exception {
        try (NodeProcess node = start(Map.of("roles", "store"))) {
            assertThat(node.address()).isEqualTo(node.management());
            JsonObject parts = new JsonObject(get(node.management(), "/health/ready")).getJsonObject("parts");
            assertThat(parts.fieldNames()).containsExactly("store");
        }
    }

    @Test
    void aListenerThatCannotBeOpenedLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> keys = Map.of("server.port", String.valueOf(taken.getLocalPort()));
            assertThatThrownBy(() -> start(keys))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("is in use");
        }
        assertThat(threads()).doesNotContain("loop-0");
        // the data folder is free again
        start(Map.of()).close();
    }

    private NodeProcess start(Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(Map.of(
                "server.port", "0",
                "management.port", "0",
                "store.path", folder.resolve("data").toString()));
        all.putAll(keys);
        boolean demo = !keys.containsKey("roles");
        return NodeProcess.start(new StartRequest(demo, null, all), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private static String get(URI address, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static Set<String> threads() {
        return List.copyOf(Thread.getAllStackTraces().keySet()).stream()
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }
}
