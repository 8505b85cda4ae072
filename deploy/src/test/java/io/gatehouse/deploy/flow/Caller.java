package io.gatehouse.deploy.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** A client over real HTTP. */
final class Caller {
    static final String DEMO = basic("demo", RunningNode.DEMO_SECRET);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final HttpClient client;

    Caller(URI base) {
        this(base, CLIENT);
    }

    private Caller(URI base, HttpClient client) {
        this.base = base;
        this.client = client;
    }

    /** Over TLS. */
    static Caller over(SSLContext context, URI base) {
        return new Caller(
                base,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .sslContext(context)
                        .build());
    }

    URI base() {
        return base;
    }

    static String basic(String clientId, String secret) {
        String pair = clientId + ":" + secret;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Names and values in turn, as a form. */
    static String form(String... pairs) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.add(encode(pairs[i]) + "=" + encode(pairs[i + 1]));
        }
        return String.join("&", fields);
    }

    /** Posts a form; {@code authorization} may be null. */
    Answer post(String path, String authorization, String... pairs) {
        return send(request(path, authorization, form(pairs)));
    }

    CompletableFuture<Answer> postLater(String path, String authorization, String... pairs) {
        return client.sendAsync(request(path, authorization, form(pairs)), HttpResponse.BodyHandlers.ofString())
                .thenApply(Caller::answer);
    }

    Answer postJson(String path, String authorization, String json) {
        HttpRequest.Builder builder = builder(path, authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return send(builder.build());
    }

    Answer postRaw(String path, String authorization, String contentType, byte[] body) {
        HttpRequest.Builder builder = builder(path, authorization).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (contentType != null) {
            builder.header("Content-Type", contentType);
        }
        return send(builder.build());
    }

    Answer get(String path, String authorization) {
        return send(builder(path, authorization).GET().build());
    }

    Answer send(String method, String path) {
        return send(builder(path, null)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Any method and body, any headers: names and values in turn. */
    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder builder = builder(path, null).method(method, HttpRequest.BodyPublishers.ofString(body));
        return send((headers.length == 0 ? builder : builder.headers(headers)).build());
    }

    /** As {@link #send(String, String, String, String...)}, without waiting. */
    CompletableFuture<Answer> sendLater(String method, String path, String body, String... headers) {
        HttpRequest request = builder(path, null)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .headers(headers)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Caller::answer);
    }

    /** A login that must work. */
    Answer logIn(String... more) {
        List<String> pairs = new ArrayList<>(List.of("username", "ada", "password", RunningNode.ADA_PASSWORD));
        pairs.addAll(List.of(more));
        Answer answer = post("/auth/login", null, pairs.toArray(String[]::new));
        if (answer.status() != 200) {
            throw new AssertionError("login failed: " + answer.status() + " " + answer.body());
        }
        return answer;
    }

    /** A login whose grant belongs to the demo client. */
    Answer logInForDemo() {
        return logIn("client_id", "demo", "client_secret", RunningNode.DEMO_SECRET, "scope", "api openid");
    }

    private HttpRequest request(String path, String authorization, String form) {
        return builder(path, authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    private HttpRequest.Builder builder(String path, String authorization) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        return authorization == null ? builder : builder.header("Authorization", authorization);
    }

    private Answer send(HttpRequest request) {
        try {
            return answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
