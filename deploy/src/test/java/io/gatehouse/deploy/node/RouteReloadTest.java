package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A whole node whose configuration file changes while it is asked. */
class RouteReloadTest {
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";
    private static final String STAYS = "{id: stays, match: {host: a.example, path: /stays}, demand: public}";
    private static final String GOES = "{id: goes, match: {host: a.example, path: /goes}, demand: public}";
    private static final String COMES = "{id: comes, match: {host: a.example, path: /comes}, demand: public}";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private NodeProcess node;

    @BeforeEach
    void start() {
        write("routes: [%s, %s]".formatted(STAYS, GOES));
        Map<String, String> keys = Map.of(
                "server.port",
                "0",
                "management.port",
                "0",
                "forward_auth.secret",
                SECRET,
                "store.path",
                folder.resolve("data").toString());
        StartRequest request = new StartRequest(true, folder.resolve("gatehouse.yaml"), keys);
        node = NodeProcess.start(request, new PrintStream(System.err, true, StandardCharsets.UTF_8));
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(log);
        node.stop();
        node.close();
        http.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private void write(String yaml) {
        try {
            Path draft = Files.writeString(folder.resolve("draft.yaml"), yaml);
            Files.move(draft, folder.resolve("gatehouse.yaml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reload(String yaml) throws Exception {
        write(yaml);
        node.reload().await(60, TimeUnit.SECONDS);
    }

    private int ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.address() + "/forward-auth/nginx"))
                .header("X-Gatehouse-Hop", SECRET)
                .header("X-Original-Method", "GET")
                .header("X-Original-Host", "a.example")
                .header("X-Original-URI", path)
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private List<String> told(String text) {
        return List.copyOf(log.list).stream()
                .map(line -> line.getFormattedMessage() + " " + line.getKeyValuePairs())
                .filter(line -> line.contains(text))
                .toList();
    }

    @Test
    void routesChangeWhileRequestsComeAndNoneIsLost() throws Exception {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger asked = new AtomicInteger();
        try (Load load = new Load(asked, seen)) {
            load.awaitMore();
            assertThat(ask("/goes")).isEqualTo(200);
            assertThat(ask("/comes")).isEqualTo(403);
            for (int round = 0; round < 3; round++) {
                reload("routes: [%s, %s]".formatted(COMES, STAYS));
                assertThat(ask("/comes")).isEqualTo(200);
                assertThat(ask("/goes")).isEqualTo(403);
                load.awaitMore();
                reload("routes: [%s, %s]".formatted(STAYS, GOES));
                assertThat(ask("/comes")).isEqualTo(403);
                assertThat(ask("/goes")).isEqualTo(200);
                load.awaitMore();
            }
        }
        assertThat(seen).containsExactly(200);
        assertThat(told("routes_changed"))
                .hasSize(6)
                .first()
                .asString()
                .contains("added=\"comes\"", "removed=\"goes\"", "changed=\"\"", "reordered=\"false\"");
    }

    @Test
    void theFileIsLookedAtByItself() throws Exception {
        write("routes: [%s, %s]".formatted(STAYS, COMES));
        for (int i = 0; i < 600 && ask("/comes") != 200; i++) {
            Thread.sleep(100);
        }
        assertThat(ask("/comes")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes: [{id: comes, match: {host: a.example, path: /comes}, demand: nothing}]",
                "routes: [{id: comes, match: {host: a.example, path: /comes}",
                "routes: [{id: comes, match: {host: a.example, path: /comes}, demand: public}]\nserver: {prot: 1}",
                "issuer: http://localhost:1\nroutes: [{id: comes, match: {host: a.example}, demand: public}]",
            })
    void whatIsNoGoodOrNeedsARestartChangesNoRoute(String yaml) throws Exception {
        reload(yaml);
        node.reload().await(60, TimeUnit.SECONDS);
        assertThat(ask("/comes")).isEqualTo(403);
        assertThat(ask("/goes")).isEqualTo(200);
        assertThat(told("the configuration ")).as("it is said once").hasSize(1);
        assertThat(told("routes_changed")).isEmpty();
        reload("routes: [%s]".formatted(COMES));
        assertThat(ask("/comes")).isEqualTo(200);
    }

    @Test
    void aFileThatIsGoneChangesNothing() throws Exception {
        Files.delete(folder.resolve("gatehouse.yaml"));
        node.reload().await(60, TimeUnit.SECONDS);
        assertThat(ask("/goes")).isEqualTo(200);
        assertThat(told("the configuration is no good")).hasSize(1);
    }

    @Test
    void whatElseChangedIsNamedAndWaits() throws Exception {
        reload("limits: {login_attempts_per_address: 7/PT1M}\nroutes: [%s]".formatted(COMES));
        assertThat(ask("/comes")).isEqualTo(200);
        assertThat(told("restart to use the rest"))
                .hasSize(1)
                .first()
                .asString()
                .contains("limits");
    }

    @Test
    void anUnchangedFileSaysNothing() throws Exception {
        node.reload().await(60, TimeUnit.SECONDS);
        assertThat(told("the configuration")).isEmpty();
    }

    /** Asks for the route that stays, all the time. */
    private final class Load implements AutoCloseable {
        private final AtomicInteger asked;
        private final List<Thread> threads;
        private volatile boolean over;

        Load(AtomicInteger asked, Set<Integer> seen) {
            this.asked = asked;
            this.threads = IntStream.range(0, 4)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> run(seen)))
                    .toList();
        }

        private void run(Set<Integer> seen) {
            while (!over) {
                try {
                    seen.add(ask("/stays/cart"));
                } catch (IOException lost) {
                    seen.add(-1);
                } catch (InterruptedException e) {
                    return;
                }
                asked.incrementAndGet();
            }
        }

        void awaitMore() throws InterruptedException {
            int before = asked.get();
            while (asked.get() < before + 200) {
                Thread.sleep(5);
            }
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
