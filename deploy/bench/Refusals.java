import io.gatehouse.common.client.Application;
import io.gatehouse.common.client.Gatehouse;
import io.gatehouse.deploy.cluster.ApplicationMember;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a revoked token is still taken: by each of the nodes, and by an application that verifies by itself, which is this
 * process. Revokes one token after the other, each at the next node, and asks everybody until everybody refuses it; the time
 * counts from the answer to the revocation; an answer 503 refuses nothing. The first fifty are not counted: meanwhile Java
 * compiles. Prints a row for each, and exits 1 where one's p99 is beyond 250 ms.
 *
 * <p>Arguments: how many, OWN:PORT and MEMBER:PORT,... of the cluster, the folder of the certificate, the file of the
 * application's secret, the audience of tokens, the nodes each as NAME=URL.
 */
public final class Refusals {
    private static final double LIMIT_MILLIS = 250;
    private static final int UNCOUNTED = 50;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final String BASIC = "Basic "
            + Base64.getEncoder()
                    .encodeToString("demo:demo-secret-0123456789abcdef0123456789".getBytes(StandardCharsets.UTF_8));
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]*)\"");

    private interface Asker {
        boolean takes(String token) throws Exception;
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, Asker> askers = new LinkedHashMap<>();
    private final Map<String, List<Long>> delays = new LinkedHashMap<>();
    private final List<String> nodes = new ArrayList<>();
    private final AtomicInteger unavailable = new AtomicInteger();

    public static void main(String[] arguments) {
        try {
            System.exit(run(arguments) ? 0 : 1);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static boolean run(String[] arguments) throws Exception {
        String own = arguments[1];
        int colon = own.lastIndexOf(':');
        try (ApplicationMember member = ApplicationMember.join(
                        own.substring(0, colon),
                        Integer.parseInt(own.substring(colon + 1)),
                        List.of(arguments[2].split(",")),
                        Path.of(arguments[3]));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Refusals refusals = new Refusals();
            for (String node : Arrays.asList(arguments).subList(6, arguments.length)) {
                String url = node.substring(node.indexOf('=') + 1);
                refusals.nodes.add(url);
                refusals.watch(node.substring(0, node.indexOf('=')), token -> refusals.isActive(url, token));
            }
            String secret = Files.readString(Path.of(arguments[4])).strip();
            Gatehouse gatehouse = connect(member, Application.of("orders", secret, arguments[5]));
            refusals.watch("application", token -> gatehouse
                    .verify(token)
                    .map(true)
                    .otherwise(false)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get());
            boolean within = refusals.measure(Integer.parseInt(arguments[0]), threads);
            gatehouse.close().await();
            return within;
        }
    }

    /** Members find each other within seconds. */
    private static Gatehouse connect(ApplicationMember member, Application application) throws Exception {
        for (long start = System.nanoTime(); ; Thread.sleep(500)) {
            try {
                return Gatehouse.connect(member.vertx(), application).await(10, TimeUnit.SECONDS);
            } catch (Exception notYet) {
                if (System.nanoTime() - start > PATIENCE_NANOS) {
                    throw notYet;
                }
            }
        }
    }

    private void watch(String name, Asker asker) {
        askers.put(name, asker);
        delays.put(name, new ArrayList<>());
    }

    private boolean measure(int count, ExecutorService threads) throws Exception {
        delays.put("all of them", new ArrayList<>());
        for (int i = -UNCOUNTED; i < count; i++) {
            if (i == 0) {
                delays.values().forEach(List::clear);
            }
            one(nodes.get(Math.floorMod(i, nodes.size())), threads);
        }
        System.out.println("| who | revocations | p50 ms | p99 ms | longest ms | limit of p99 | within |");
        System.out.println("|---|---|---|---|---|---|---|");
        boolean within = true;
        for (Map.Entry<String, List<Long>> known : delays.entrySet()) {
            Collections.sort(known.getValue());
            boolean quick = millis(known.getValue(), 0.99) <= LIMIT_MILLIS;
            within &= quick;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f | %.0f ms | %s |%n",
                    known.getKey(),
                    count,
                    millis(known.getValue(), 0.5),
                    millis(known.getValue(), 0.99),
                    millis(known.getValue(), 1),
                    LIMIT_MILLIS,
                    quick ? "yes" : "no");
        }
        System.out.println("Answered 503, and asked again: " + unavailable + " requests.");
        return within;
    }

    private static double millis(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()))) / 1e6;
    }

    private void one(String node, ExecutorService threads) throws Exception {
        String token = issue(node);
        for (Map.Entry<String, Asker> asker : askers.entrySet()) {
            if (!asker.getValue().takes(token)) {
                throw new IllegalStateException(asker.getKey() + " refuses a token that is good");
            }
        }
        post(node, "/oauth2/revoke", "token=" + token);
        long revoked = System.nanoTime();
        Map<String, Future<Long>> refused = new LinkedHashMap<>();
        askers.forEach((name, asker) -> refused.put(name, threads.submit(() -> refusedAfter(asker, token, revoked))));
        long longest = 0;
        for (Map.Entry<String, Future<Long>> one : refused.entrySet()) {
            long delay = one.getValue().get();
            delays.get(one.getKey()).add(delay);
            longest = Math.max(longest, delay);
        }
        delays.get("all of them").add(longest);
    }

    /** Until the answer that refuses is here, however soon it was known there. */
    private static long refusedAfter(Asker asker, String token, long revoked) throws Exception {
        while (asker.takes(token)) {
            if (System.nanoTime() - revoked > PATIENCE_NANOS) {
                throw new IllegalStateException("a revoked token is taken after three minutes");
            }
            Thread.sleep(1);
        }
        return System.nanoTime() - revoked;
    }

    private String issue(String node) throws Exception {
        Matcher found = TOKEN.matcher(post(node, "/oauth2/token", "grant_type=client_credentials&scope=api"));
        if (!found.find()) {
            throw new IllegalStateException("no token came back");
        }
        return found.group(1);
    }

    private boolean isActive(String node, String token) throws Exception {
        return post(node, "/oauth2/introspect", "token=" + token).contains("\"active\":true");
    }

    private String post(String node, String path, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", BASIC)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        for (long start = System.nanoTime(); ; Thread.sleep(50)) {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return response.body();
            }
            if (response.statusCode() != 503 || System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException(path + " answered " + response.statusCode());
            }
            unavailable.incrementAndGet();
        }
    }
}
