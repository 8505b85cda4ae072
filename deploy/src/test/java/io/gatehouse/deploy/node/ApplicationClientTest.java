package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.bus.ApplicationLine;
import io.gatehouse.common.client.Application;
import io.gatehouse.common.client.BearerHandlers;
import io.gatehouse.common.client.Gatehouse;
import io.gatehouse.common.client.GatehouseAuthentication;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application on the same Vert.x as a real node: what it does over the event bus, without HTTP. */
class ApplicationClientTest {
    private static final String SECRET = "orders-secret-0123456789abcdef0123456789";
    private static final String DEMO_SECRET = "demo-secret-0123456789abcdef0123456789";

    @TempDir
    private static Path folder;

    private static final AtomicReference<Vertx> VERTX = new AtomicReference<>();
    private static NodeProcess node;
    private static Gatehouse gatehouse;

    @BeforeAll
    static void start() throws IOException {
        Path config =
                Files.writeString(folder.resolve("node.yaml"), """
                server: {port: 0}
                management: {port: 0}
                store: {path: %s}
                applications:
                  - {id: orders, secret: %s, operations: [verify, issue, exchange, introspect, revoke, users]}
                  - {id: reader, secret: %s}
                """.formatted(folder.resolve("data"), SECRET, SECRET));
        node = NodeProcess.start(
                new StartRequest(true, config, Map.of()),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                loops -> {
                    VERTX.set(EventLoops.open(loops));
                    return VERTX.get();
                });
        gatehouse = Gatehouse.connect(
                        VERTX.get(),
                        Application.of("orders", SECRET, node.address().toString()))
                .await();
    }

    @AfterAll
    static void stop() {
        gatehouse.close().await();
        node.stop();
        node.close();
    }

    private static String token(String scope) {
        return gatehouse
                .issue(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "demo",
                        "client_secret",
                        DEMO_SECRET,
                        "scope",
                        scope))
                .await()
                .getString("access_token");
    }

    @Test
    void aTokenIsIssuedAndVerifiedHere() {
        AccessToken token = gatehouse.verify(token("api")).await();
        assertThat(token.clientId()).isEqualTo("demo");
        assertThat(token.actsForUser()).isFalse();
        assertThat(token.scope().values()).containsExactly("api");
        assertThat(gatehouse.isReady()).isTrue();
    }

    @Test
    void whatIsNoTokenIsRefused() {
        String token = token("api");
        for (String wrong : List.of("", "x", token + "x", token.substring(0, token.length() - 4) + "AAAA", "a.b.c")) {
            assertThatThrownBy(() -> gatehouse.verify(wrong).await())
                    .as(wrong)
                    .isInstanceOf(OAuthFailure.class)
                    .hasMessageContaining("no token of this server");
        }
    }

    @Test
    void aRevokedTokenIsToldAndRefusedHere() {
        List<Denial> told = new CopyOnWriteArrayList<>();
        gatehouse.onRevoked(told::add);
        String token = token("api");
        String jti = gatehouse.verify(token).await().jti();

        gatehouse.revoke("demo", DEMO_SECRET, token).await();

        eventuallyRefused(token);
        assertThat(told).extracting(Denial::key).contains(jti);
        assertThat(gatehouse.introspect("demo", DEMO_SECRET, token).await().getBoolean("active"))
                .isFalse();
    }

    private static JsonObject revocations(JsonObject asked) {
        return new ApplicationLine(VERTX.get(), "orders", Secret.of(SECRET), Clock.systemUTC())
                .ask("revocations", asked)
                .await();
    }

    /** An age is told by a gateway that answers by what it heard; the log itself is of the present. */
    @Test
    void whatAGatewayHeardItTellsWhereThatGoesFarEnough() {
        String token = token("api");
        gatehouse.revoke("demo", DEMO_SECRET, token).await();
        eventuallyRefused(token);

        JsonObject heard = revocations(new JsonObject().put("at_least", 1));
        assertThat(heard.getLong("age")).isBetween(0L, 30_000L);
        JsonObject read = revocations(new JsonObject());
        assertThat(read.fieldNames()).containsExactly("page");
        JsonObject readToo = revocations(new JsonObject().put("at_least", Long.MAX_VALUE));
        assertThat(readToo).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"after", "limit", "at_least"})
    void whatIsNoNumberIsRefused(String name) {
        for (Object wrong : List.of("1", 1.5, new BigInteger("18446744073709551617"), new JsonObject())) {
            assertThatThrownBy(() -> revocations(new JsonObject().put(name, wrong)))
                    .isInstanceOfSatisfying(
                            OAuthFailure.class,
                            refused -> assertThat(refused.error())
                                    .isEqualTo(new OAuthError.Protocol(
                                            Code.INVALID_REQUEST, name + " has to be a whole number")));
        }
        assertThat(revocations(new JsonObject().putNull(name)).fieldNames()).containsExactly("page");
    }

    private static void eventuallyRefused(String token) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (gatehouse
                .verify(token)
                .transform(verified -> io.vertx.core.Future.succeededFuture(verified.succeeded()))
                .await()) {
            assertThat(System.nanoTime()).as("the revocation arrives").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void anotherAudienceRefusesIt() {
        Gatehouse other = Gatehouse.connect(VERTX.get(), Application.of("reader", SECRET, "https://other.example.org"))
                .await();
        String token = token("api");
        assertThatThrownBy(() -> other.verify(token).await()).hasMessageContaining("for another service");
        assertThatThrownBy(() -> other.user("x").await()).hasMessageContaining("may not do that");
        other.close().await();
    }

    @Test
    void aUserLogsInByHttpAndIsKnownHere() throws Exception {
        String login =
                post("/auth/login", "application/x-www-form-urlencoded", "username=ada&password=ada-demo-password");
        String token = new JsonObject(login).getString("access_token");
        AccessToken read = gatehouse.verify(token).await();
        assertThat(read.actsForUser()).isTrue();

        JsonObject user = gatehouse.user(read.user()).await();
        assertThat(user.getString("email")).isEqualTo("ada@example.org");
        assertThat(user.getString("state")).isEqualTo("active");
        assertThat(user.encode()).doesNotContain("password");
    }

    @Test
    void aTokenIsExchanged() {
        String subject = token("api");
        JsonObject answer = gatehouse
                .exchange(Map.of(
                        "client_id",
                        "demo",
                        "client_secret",
                        DEMO_SECRET,
                        "subject_token",
                        subject,
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:access_token"))
                .otherwise(failure -> new JsonObject().put("refused", failure.getMessage()))
                .await();
        // The demo's client may not exchange: the same sentence as at the token endpoint.
        assertThat(answer.encode()).containsAnyOf("issued_token_type", "token-exchange");
        assertThatThrownBy(() -> gatehouse
                        .issue(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"))
                        .await())
                .hasMessageContaining("operation exchange");
    }

    @Test
    void vertxAuthKnowsTheUser() {
        User user = new GatehouseAuthentication(gatehouse)
                .authenticate(new TokenCredentials(token("api")))
                .await();
        assertThat(user.subject()).isEqualTo("demo");
        assertThat(PermissionBasedAuthorization.create("api").match(user)).isTrue();
        assertThat(PermissionBasedAuthorization.create("admin").match(user)).isFalse();
    }

    @Test
    void handlersLetTokensThroughAndAskForScopes() throws Exception {
        Router router = Router.router(VERTX.get());
        router.route().handler(BearerHandlers.bearer(gatehouse));
        router.get("/orders")
                .handler(BearerHandlers.scopes("api"))
                .handler(context ->
                        context.end("of " + BearerHandlers.token(context).clientId()));
        router.get("/admin").handler(BearerHandlers.scopes("admin")).handler(context -> context.end("no"));
        HttpServer server = VERTX.get()
                .createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
        URI at = URI.create("http://127.0.0.1:" + server.actualPort());
        String token = token("api");

        assertThat(get(at, "/orders", token).body()).isEqualTo("of demo");
        assertThat(get(at, "/admin", token).statusCode()).isEqualTo(403);
        assertThat(get(at, "/admin", token).headers().firstValue("www-authenticate"))
                .hasValue("Bearer error=\"insufficient_scope\", scope=\"admin\"");
        assertThat(get(at, "/orders", "x").statusCode()).isEqualTo(401);
        assertThat(get(at, "/orders", null).headers().firstValue("www-authenticate"))
                .hasValue("Bearer");
        server.close().await();
    }

    private static HttpResponse<String> get(URI at, String path, @org.jspecify.annotations.Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at.resolve(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String post(String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.address().resolve(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
