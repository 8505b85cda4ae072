package io.gatehouse.deploy.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Calls a node as its clients do, and remembers every secret that went over the wire. */
final class Caller {
    static final String DEMO_CLIENT = "demo:demo-secret-0123456789abcdef0123456789";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Supplier<URI> address;
    private final boolean insists;

    Caller(URI address) {
        this(() -> address);
    }

    /** @param address asked for each request */
    Caller(Supplier<URI> address) {
        this(address, false);
    }

    private Caller(Supplier<URI> address, boolean insists) {
        this.address = address;
        this.insists = insists;
    }

    /** The same where it wants to know what is true, not how busy the machine is: it asks again after a 503, for a minute. */
    Caller insisting() {
        return new Caller(address, true);
    }

    /** @param client {@code id:secret} */
    HttpResponse<String> clientCredentials(String client) throws IOException, InterruptedException {
        return remembered(post("/oauth2/token", client, Map.of("grant_type", "client_credentials", "scope", "api")));
    }

    HttpResponse<String> introspect(String client, String token) throws IOException, InterruptedException {
        return post("/oauth2/introspect", client, Map.of("token", token));
    }

    /** Whether introspection calls the token active. */
    boolean isActive(String client, String token) throws IOException, InterruptedException {
        return new JsonObject(introspect(client, token).body()).getBoolean("active");
    }

    HttpResponse<String> revoke(String client, String token) throws IOException, InterruptedException {
        return post("/oauth2/revoke", client, Map.of("token", token));
    }

    HttpResponse<String> login(String username, String password) throws IOException, InterruptedException {
        Planted.add(password);
        return remembered(post("/auth/login", null, Map.of("username", username, "password", password)));
    }

    HttpResponse<String> refresh(String refreshToken) throws IOException, InterruptedException {
        String body = new JsonObject().put("refresh_token", refreshToken).encode();
        return remembered(send(request("/auth/refresh")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))));
    }

    /** A session of the API whose tokens travel in URLs. */
    HttpResponse<String> session(String apikey, String username, String password)
            throws IOException, InterruptedException {
        Planted.add(password);
        String body = new JsonObject()
                .put("username", username)
                .put("password", password)
                .encode();
        return remembered(
                send(request("/identity/v2/auth/login?apikey=" + apikey).POST(BodyPublishers.ofString(body))));
    }

    /** A JWT for an app. */
    HttpResponse<String> jwt(String apikey, String app, String accessToken) throws IOException, InterruptedException {
        HttpResponse<String> response = send(
                request("/sso/jwt/api/token?apikey=" + apikey + "&jwtapp=" + app + "&access_token=" + accessToken));
        if (response.statusCode() == 200) {
            Planted.add(new JsonObject(response.body()).getString("signature"));
        }
        return response;
    }

    /** A code for ada, by a client's JWT. */
    HttpResponse<String> authorize(String jwt) throws IOException, InterruptedException {
        Planted.add(jwt);
        HttpResponse<String> response =
                send(request("/api/authorizeByJWT.do?response_type=code&client_id=demo&jwt_token=" + jwt + "&email="
                        + URLEncoder.encode("ada@example.org", StandardCharsets.UTF_8)));
        if (response.statusCode() == 200) {
            Planted.add(new JsonObject(response.body()).getString("code"));
        }
        return response;
    }

    /** Tokens for a code. */
    HttpResponse<String> exchange(String code) throws IOException, InterruptedException {
        return remembered(post("/api/token.do", DEMO_CLIENT, Map.of("grant_type", "authorization_code", "code", code)));
    }

    /** Of what a code gave. */
    HttpResponse<String> exchangeRefresh(String refreshToken) throws IOException, InterruptedException {
        return remembered(post(
                "/api/refreshToken.do",
                DEMO_CLIENT,
                Map.of("grant_type", "refresh_token", "refresh_token", refreshToken)));
    }

    HttpResponse<String> me(String accessToken) throws IOException, InterruptedException {
        return send(request("/auth/me").header("Authorization", "Bearer " + accessToken));
    }

    HttpResponse<String> logout(String accessToken) throws IOException, InterruptedException {
        return send(request("/auth/logout")
                .header("Authorization", "Bearer " + accessToken)
                .POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        for (int again = 0; insists && response.statusCode() == 503 && again < 120; again++) {
            Thread.sleep(500);
            response = http.send(request.build(), BodyHandlers.ofString());
        }
        return response;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.get().resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> post(String path, String client, Map<String, String> form)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)));
        if (client != null) {
            Planted.add(client.substring(client.indexOf(':') + 1));
            String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + basic);
        }
        return send(request);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> remembered(HttpResponse<String> response) {
        if (response.statusCode() == 200) {
            Planted.add(Tokens.of(response).access());
            Planted.add(Tokens.of(response).refresh());
        }
        return response;
    }
}
