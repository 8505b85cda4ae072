package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Reads the logs of all nodes that this run started; it comes last. */
@Order(Integer.MAX_VALUE)
class LogScanIT {
    /** Demo data that stands in the logs of nothing else than a node that must not log it. */
    private static final List<String> PERSONAL =
            List.of("ada@example.org", "admin@example.org", "+15550100", "+15550101", "2f9c9c1e-3f0e-4b5a-9a53");

    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}");

    private static final List<Path> LOGS = new ArrayList<>();

    @BeforeAll
    static void findLogs() throws IOException {
        try (Stream<Path> files = Files.list(Files.createDirectories(Artefacts.logs()))) {
            LOGS.addAll(files.filter(file -> file.toString().endsWith(".log")).toList());
        }
    }

    @Test
    void noEventLoopWasBlocked() throws IOException {
        assertThat(lines(line -> line.contains("BlockedThreadChecker") || line.contains("has been blocked for")))
                .isEmpty();
    }

    @Test
    void nothingWasADefect() throws IOException {
        assertThat(lines(line -> line.contains(" ERROR ") || line.startsWith("Exception in thread")))
                .isEmpty();
    }

    @Test
    void noSecretWasLogged() throws IOException {
        List<String> planted = Planted.all();
        assertThat(lines(line -> planted.stream().anyMatch(line::contains))).isEmpty();
        assertThat(lines(line -> JWT.matcher(line).find())).isEmpty();
    }

    @Test
    void noPersonalDatumWasLogged() throws IOException {
        assertThat(lines(line -> PERSONAL.stream().anyMatch(line::contains))).isEmpty();
    }

    /** The lines that were logged, without those that tell a newcomer the demo's own passwords. */
    private static List<String> lines(Predicate<String> wanted) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path log : LOGS) {
            Files.readString(log, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("  curl "))
                    .filter(wanted)
                    .map(line -> log.getFileName() + ": " + line)
                    .forEach(found::add);
        }
        return found;
    }
}
