package io.gatehouse.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.deploy.node.NodeProcess;
import io.gatehouse.deploy.node.StartFailures;
import io.gatehouse.deploy.node.StartRequest;
import io.gatehouse.store.pg.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gatehouse store copy}, between nodes that a user meets before and after. */
class StoreCopyCommandTest {
    private static final Pattern REFRESH_TOKEN = Pattern.compile("\"refresh_token\":\\s*\"([^\"]+)\"");

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private Path files;
    private Path database;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(
                folder.resolve("key"),
                Base64.getEncoder().encodeToString(Entropy.bytes(32).toArray()));
        String uri = PostgresServer.shared().uri("command");
        files = config("files.yaml", "{path: '" + folder.resolve("data") + "'}");
        database = config("database.yaml", "{kind: postgres, uri: '" + uri + "'}");
    }

    @Test
    void whoWasLoggedInBefore_isLoggedInAfter_thereAndBack() throws Exception {
        String token;
        try (NodeProcess node = start(files)) {
            token = refreshToken(post(node, "/auth/login", FORM, "username=ada&password=ada-demo-password"));
            node.stop();
        }

        Typed there = copy("--from", files.toString(), "--to", database.toString());

        assertThat(there.err()).isEmpty();
        assertThat(there.code()).isZero();
        assertThat(there.out()).contains("The copy is complete:", "  1 grants", "  1 key sets", "--unfreeze");
        assertThat(there.out()).contains("the new nodes need the old master key");
        assertThat(refusal(files)).contains("is frozen for its copy").doesNotContain(PostgresServer.PASSWORD);
        try (NodeProcess node = start(database)) {
            token = refreshToken(post(node, "/auth/refresh", JSON, "{\"refresh_token\": \"" + token + "\"}"));
            assertThat(copy("--from", files.toString(), "--to", database.toString())
                            .err())
                    .contains("is in use: stop every node");
            node.stop();
        }
        Path back = config("back.yaml", "{path: '" + folder.resolve("back") + "'}");
        assertThat(copy("--from", database.toString(), "--to", back.toString()).err())
                .isEmpty();
        try (NodeProcess node = start(back)) {
            assertThat(refreshToken(post(node, "/auth/refresh", JSON, "{\"refresh_token\": \"" + token + "\"}")))
                    .isNotEqualTo(token);
            node.stop();
        }
    }

    @Test
    void unfreeze_takesItBack() throws Exception {
        try (NodeProcess node = start(files)) {
            node.stop();
        }
        assertThat(copy("--from", files.toString(), "--to", database.toString()).err())
                .isEmpty();
        Typed first = copy("--from", files.toString(), "--unfreeze");
        assertThat(first.code()).isZero();
        assertThat(first.out()).startsWith("Nodes may start on it again.");
        assertThat(copy("--from", files.toString(), "--unfreeze").out()).startsWith("It was not frozen");
        try (NodeProcess node = start(files)) {
            node.stop();
        }
    }

    @Test
    void whatIsWrong_isOneLine() throws IOException {
        Typed typed = copy("--from", files.toString(), "--to", database.toString());
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines()).singleElement().asString().contains("holds no store: correct store.path");
        Typed same = copy("--from", files.toString(), "--to", files.toString());
        assertThat(same.code()).isEqualTo(1);
        assertThat(same.err()).contains("Both configurations name the same store");
        Path gateway = Files.writeString(
                folder.resolve("gateway.yaml"), "{issuer: 'https://login.example.org', roles: [gateway]}");
        assertThat(copy("--from", gateway.toString(), "--unfreeze").err()).contains("a node without the role store");
    }

    @ParameterizedTest
    @CsvSource({
        "--to x, which store is to be copied? Add --from FILE",
        "--from x, give either --to FILE or --unfreeze",
        "--from x --to y --unfreeze, give either --to FILE or --unfreeze",
    })
    void aLineThatMakesNoSense_isAMisuse(String line, String message) {
        Typed typed = copy(line.split(" "));
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).isEqualTo("gatehouse: " + message + System.lineSeparator());
    }

    @Test
    void progress_isALineASecond() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long[] nanos = {0};
        CopyLines lines = new CopyLines(new PrintStream(out, true), () -> nanos[0]);
        for (int page = 1; page <= 5; page++) {
            nanos[0] += 400_000_000;
            lines.copied("users", page * 500L, 2_500);
        }
        assertThat(out.toString().lines()).containsExactly("Copied 1500 of 2500 users");
    }

    private static Typed copy(String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "store";
        words[1] = "copy";
        System.arraycopy(options, 0, words, 2, options.length);
        return new Typed(new CommandTable(List.of(new StoreCopyCommand())), words);
    }

    private Path config(String name, String store) throws IOException {
        String listeners = "server: {port: 0, event_loops: 1}\nmanagement: {port: 0}\nlog: {level: warn}\n"
                + "keys: {master_key: 'file:" + folder.resolve("key") + "'}\n";
        return Files.writeString(folder.resolve(name), listeners + "store: " + store + "\n");
    }

    private static NodeProcess start(Path config) {
        return NodeProcess.start(new StartRequest(true, config, Map.of()), System.out);
    }

    private static String refusal(Path config) {
        try (NodeProcess node = start(config)) {
            return "it started on " + node.address();
        } catch (RuntimeException refused) {
            return StartFailures.sentence(refused);
        }
    }

    private static String post(NodeProcess node, String path, String type, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(node.address() + path))
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        }
    }

    private static String refreshToken(String body) {
        Matcher found = REFRESH_TOKEN.matcher(body);
        assertThat(found.find()).as(body).isTrue();
        return found.group(1);
    }
}
