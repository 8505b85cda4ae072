package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one command that the documentation names starts services which know nothing of tokens, and each answers behind Gatehouse.
 */
@EnabledOnOs(OS.LINUX)
class ServicesIT {
    private static final String DEMO = "demo:demo-secret-0123456789abcdef0123456789";

    @TempDir
    static Path home;

    private static Child services;
    private static Vertx vertx;
    private static HttpClient client;
    private static WebSocketClient webSockets;
    private static Path certificate;
    private static int port;
    private static String token;

    private record Page(int status, String body) {}

    @BeforeAll
    static void start() throws Exception {
        boolean nginx = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx").anyMatch(file -> Files.exists(Path.of(file)));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(nginx).as("nginx is installed").isTrue();
        }
        assumeTrue(nginx, "the example needs nginx: apt-get install nginx-light");
        distribute();
        port = FreePorts.first(4);
        services = new Child(
                "services",
                home,
                Map.of("PATH", Path.of(Artefacts.java()).getParent() + ":/usr/bin:/bin"),
                List.of(
                        home.resolve("deploy/examples/services/run").toString(),
                        String.valueOf(port),
                        String.valueOf(port + 1)));
        String trusting = services.awaitLine(line -> line.contains("--cacert"));
        certificate = Path.of(trusting.replaceAll(".*--cacert ([^']*)'.*", "$1"));
        services.awaitLine(line -> line.contains("Ctrl-C"));
        vertx = Vertx.vertx();
        PemTrustOptions trust = new PemTrustOptions().addCertPath(certificate.toString());
        client = vertx.createHttpClient(new HttpClientOptions().setSsl(true).setTrustOptions(trust));
        webSockets = vertx.createWebSocketClient(
                new WebSocketClientOptions().setSsl(true).setTrustOptions(trust));
        token = token();
    }

    /** Beside each other, as in an archive of it. */
    private static void distribute() throws IOException {
        Path from = Path.of("examples", "services");
        Path to = home.resolve("deploy/examples/services");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.createDirectories(to.resolve(from.relativize(file)).getParent());
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        Files.copy(Path.of("gatehouse"), home.resolve("gatehouse"));
        Files.copy(Artefacts.jar(), home.resolve("gatehouse.jar"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (vertx != null) {
            await(vertx.close());
        }
        if (services != null) {
            services.terminate();
            assertThat(services.exitCode()).isEqualTo(143);
            services.close();
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static Page send(HttpMethod method, String host, String path, String authorization, String form)
            throws Exception {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setMethod(method)
                .setHost(host)
                .setPort(port)
                .setURI(path)
                .putHeader("Authorization", authorization)
                .putHeader("Content-Type", "application/x-www-form-urlencoded");
        return await(client.request(options)
                .compose(request -> form == null ? request.send() : request.send(form))
                .compose(answer -> answer.body().map(body -> new Page(answer.statusCode(), body.toString()))));
    }

    private static String token() throws Exception {
        Page page = send(
                HttpMethod.POST,
                "localhost",
                "/oauth2/token",
                "Basic " + Base64.getEncoder().encodeToString(DEMO.getBytes(StandardCharsets.US_ASCII)),
                "grant_type=client_credentials&scope=api");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return new JsonObject(page.body()).getString("access_token");
    }

    private static Page site(String path, String authorization) throws Exception {
        return send(HttpMethod.GET, "site.localhost", path, authorization, null);
    }

    @Test
    void theSiteIsForEverybodyAndItsMembersPagesForMembers() throws Exception {
        assertThat(site("/", "none").body()).contains("Everybody reads this");
        assertThat(site("/members/", "none").status()).isEqualTo(401);
        assertThat(site("/members/", "Bearer " + token).body()).contains("Only members read this");
    }

    @Test
    void theWebSocketAnswers() throws Exception {
        WebSocket socket = await(connect("Bearer " + token));
        Promise<String> heard = Promise.promise();
        socket.textMessageHandler(heard::tryComplete);
        await(socket.writeTextMessage("hello"));
        assertThat(await(heard.future())).isEqualTo("hello");
        assertThat(catchThrowableOfType(ExecutionException.class, () -> await(connect("none"))))
                .cause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isEqualTo(401));
    }

    private static Future<WebSocket> connect(String authorization) {
        return webSockets.connect(new WebSocketConnectOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost("echo.localhost")
                .setPort(port)
                .setSsl(true)
                .setURI("/")
                .putHeader("Authorization", authorization));
    }

    @Test
    void theGrpcServiceAnswers() throws Exception {
        ManagedChannel channel = GrpcCalls.channel(certificate, "grpc.localhost", port);
        try {
            GrpcCalls calls = new GrpcCalls(channel, "Bearer " + token);
            assertThat(calls.unary("hello")).isEqualTo("hello");
            assertThat(calls.unary("x".repeat(1_000_000))).hasSize(1_000_000);
            assertThat(calls.chat("one", "two", "three")).containsExactly("one", "two", "three");
            assertThat(catchThrowableOfType(
                                    StatusRuntimeException.class, () -> new GrpcCalls(channel, "none").unary("hello"))
                            .getStatus()
                            .getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        } finally {
            channel.shutdownNow();
            assertThat(channel.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
