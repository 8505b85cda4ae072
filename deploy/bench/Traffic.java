import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Constant traffic on a demo node, until it is ended: sessions by a client's JWT, refreshed twice, every other one revoked,
 * and wrong passwords. Arguments: the node's address, sessions a second. Each second it prints how many sessions went
 * through so far, and how many did not.
 */
public final class Traffic {
    private static final String BASIC = "Basic " + base64("demo:demo-secret-0123456789abcdef0123456789".getBytes());
    private static final SecretKeySpec KEY =
            new SecretKeySpec("demo-jwt-login-key-0123456789abcdef".getBytes(), "HmacSHA256");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String node;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private Traffic(String node) {
        this.node = node;
    }

    private void session() {
        try {
            String code = field(send(request("/api/authorizeByJWT.do?response_type=code&client_id=demo"
                    + "&email=ada@example.org&jwt_token=" + jwt())), "code");
            String refresh = ask("/api/token.do", "grant_type=authorization_code&code=" + code, "refresh_token");
            for (int i = 0; i < 2; i++) {
                refresh = ask("/api/refreshToken.do", "grant_type=refresh_token&refresh_token=" + refresh, "refresh_token");
            }
            if (done.incrementAndGet() % 2 == 0) {
                send(form("/oauth2/revoke", "token=" + refresh));
            }
        } catch (Exception e) {
            if (failed.getAndIncrement() < 5) {
                System.err.println("traffic: " + e);
            }
        }
    }

    private void wrongPassword() {
        try {
            http.send(form("/auth/login", "username=" + UUID.randomUUID() + "&password=wrong"), BodyHandlers.discarding());
        } catch (Exception e) {
            failed.getAndIncrement();
        }
    }

    private static String jwt() throws Exception {
        String input = base64("{\"alg\":\"HS256\"}".getBytes()) + "."
                + base64(("{\"client_id\":\"demo\",\"iat\":" + Instant.now().getEpochSecond() + ",\"jti\":\"" + UUID.randomUUID() + "\"}").getBytes());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(KEY);
        return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
    }

    private String ask(String path, String body, String field) throws Exception {
        return field(send(form(path, body)), field);
    }

    private HttpRequest form(String path, String body) {
        return HttpRequest.newBuilder(request(path), (name, value) -> true)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", BASIC)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(node + path)).timeout(Duration.ofSeconds(10)).build();
    }

    private String send(HttpRequest request) throws Exception {
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(request.uri().getPath() + " " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return found.group(1);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static void main(String[] arguments) {
        Traffic traffic = new Traffic(arguments[0]);
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
        long pause = 1_000_000 * 4 / Integer.parseInt(arguments[1]);
        for (int i = 0; i < 4; i++) {
            threads.scheduleAtFixedRate(traffic::session, pause * i / 4, pause, TimeUnit.MICROSECONDS);
        }
        threads.scheduleAtFixedRate(traffic::wrongPassword, 0, 1, TimeUnit.SECONDS);
        threads.scheduleAtFixedRate(
                () -> System.out.println(traffic.done + " " + traffic.failed), 1, 1, TimeUnit.SECONDS);
    }
}
