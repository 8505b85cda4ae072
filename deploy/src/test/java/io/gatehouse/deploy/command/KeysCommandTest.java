package io.gatehouse.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.deploy.node.NodeProcess;
import io.gatehouse.deploy.node.StartRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a node in this process; both read the same configuration file. */
class KeysCommandTest {
    @TempDir
    Path folder;

    private Path config;
    private NodeProcess node;

    @BeforeEach
    void start() throws IOException {
        config = Files.writeString(
                folder.resolve("gatehouse.yaml"), """
                server: {port: %d}
                management: {port: %d}
                store: {path: %s}
                """.formatted(freePort(), freePort(), folder.resolve("data")));
        node = NodeProcess.start(new StartRequest(false, config, Map.of()), new PrintStream(System.err, true));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        node.stop();
        node.close();
    }

    @Test
    void keys_areListedRotatedAndRetired() {
        Typed listed = typed("list");
        assertThat(listed.err()).isEmpty();
        assertThat(listed.code()).isZero();
        assertThat(listed.out())
                .startsWith("Keys of tenant main, version ")
                .contains("ES256  active ", "RS256  active ")
                .containsPattern("since [0-9T:-]{19}Z ")
                .doesNotContainPattern("[0-9]\\.[0-9]");

        Typed rotated = typed("rotate", "--algorithm", "ES256");
        assertThat(rotated.code()).isZero();
        assertThat(rotated.out()).containsOnlyOnce("  next  ").contains("signs from ");

        Typed refused = typed("retire", "--kid", kid(rotated, "ES256  active"));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("rotate first");
        Typed retired = typed("retire", "--kid", kid(rotated, "ES256  next"));
        assertThat(retired.code()).isZero();
        assertThat(retired.out()).doesNotContain("  next  ");

        Typed replaced = typed("rotate", "--emergency", "--tenant", "main");
        assertThat(replaced.code()).isZero();
        assertThat(replaced.out()).doesNotContain(kid(rotated, "ES256  active")).doesNotContain("  next  ");
    }

    @Test
    void mistakes_areTold() {
        assertThat(typed("retire").code()).isEqualTo(2);
        assertThat(typed("retire").err()).contains("--kid is missing");
        Typed elsewhere = typed("list", "--tenant", "nowhere");
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("There is no such tenant here.");
        assertThat(typed("rotate", "--algorithm", "HS256").err()).contains("The algorithm is ES256");
        Typed nobody = new Typed(
                new CommandTable(List.of(new ResetFactorCommand())),
                "users",
                "reset-factor",
                "nobody",
                "--config",
                config.toString());
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("There is no such user here, or none with a second factor.");
    }

    @Test
    void theCredential_isOfItsOwnerOnly() throws IOException {
        Path credential = folder.resolve("data").resolve("admin.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credential)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(credential, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(typed("list").err()).contains("is open to other users");
        Files.setPosixFilePermissions(credential, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(credential, "another-0123456789abcdef0123456789abcdef");
        assertThat(typed("list").err()).contains("Show the credential of this node");
        Files.delete(credential);
        assertThat(typed("list").err()).contains("the first start of a node makes it");
    }

    @Test
    void aNodeThatIsNotThere_isTold() throws IOException {
        config = Files.writeString(folder.resolve("elsewhere.yaml"), """
                management: {port: %d}
                store: {path: %s}
                """.formatted(freePort(), folder.resolve("data")));
        Typed typed = typed("list");
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("no node answers at http://127.0.0.1:");
    }

    private static String kid(Typed typed, String row) {
        return typed.out()
                .lines()
                .filter(line -> line.contains(row))
                .map(line -> line.split(" ", 2)[0])
                .findAny()
                .orElseThrow();
    }

    private Typed typed(String verb, String... more) {
        List<String> words = new ArrayList<>(List.of("keys", verb, "--config", config.toString()));
        words.addAll(Arrays.asList(more));
        CommandTable table = new CommandTable(List.of(KeysCommand.list(), KeysCommand.rotate(), KeysCommand.retire()));
        return new Typed(table, words.toArray(String[]::new));
    }
}
