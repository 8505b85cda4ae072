package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Reads the logs of all nodes that this run started, whatever the kind of test; it comes last. */
@Order(Integer.MAX_VALUE)
class LogScanIT {
    private static final List<String> PERSONAL =
            List.of("ada@example.org", "admin@example.org", "+15550100", "+15550101", "2f9c9c1e-3f0e-4b5a-9a53");

    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}");

    /** Vert.x completes the promise of a message to all once for each connection that has just died. */
    private static final Pattern TOLD_TWICE = Pattern.compile(
            "[^\\n]* ERROR ContextImpl Unhandled exception\\n(?=java.lang.IllegalStateException: Promise already completed)");

    private static final Pattern PRINTED =
            Pattern.compile("<system-(?:out|err)><!\\[CDATA\\[(.*?)\\]\\]>", Pattern.DOTALL);

    /** By name: what nodes that were processes of their own have logged. */
    private static final Map<String, String> NODES = new TreeMap<>();

    /** By name: the same, and what the tests of all modules have printed. */
    private static final Map<String, String> ALL = new TreeMap<>();

    @BeforeAll
    static void readLogs() throws IOException {
        try (Stream<Path> files = Files.list(Files.createDirectories(Artefacts.logs()))) {
            for (Path log : files.toList()) {
                NODES.put(
                        log.getFileName().toString(),
                        TOLD_TWICE.matcher(Files.readString(log)).replaceAll(""));
            }
        }
        ALL.putAll(NODES);
        for (Path report : Artefacts.reports()) {
            String printed = PRINTED.matcher(Files.readString(report))
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.joining("\n"));
            ALL.put(report.getFileName().toString(), printed);
        }
    }

    @Test
    void noEventLoopWasBlocked() {
        Map<String, String> running = new TreeMap<>(ALL);
        running.keySet().removeAll(Child.halted());
        assertThat(lines(
                        running,
                        line -> line.contains("BlockedThreadChecker") || line.contains("has been blocked for")))
                .isEmpty();
    }

    @Test
    void nothingWasADefect() {
        assertThat(lines(NODES, line -> line.contains(" ERROR ") || line.startsWith("Exception in thread")))
                .isEmpty();
    }

    /** What members need of each other is taken, whatever happens to them; no node here is up to anything else. */
    @Test
    void noMemberWasRefusedWhatItNeeds() {
        assertThat(lines(
                        NODES,
                        line -> line.contains(" WARN ") && line.contains("a member ") && line.contains("refused")))
                .isEmpty();
    }

    @Test
    void noSecretWasLogged() {
        List<String> planted = new ArrayList<>(Planted.all());
        planted.addAll(List.of(
                "demo-secret-0123456789",
                "ada-demo-password",
                "admin-demo-password",
                "demo-jwt-login-key-0123456789",
                "demo-jwt-app-secret-0123456789"));
        assertThat(lines(ALL, holdsOneOf(planted))).isEmpty();
        assertThat(lines(ALL, line -> JWT.matcher(line).find())).isEmpty();
    }

    @Test
    void noPersonalDatumWasLogged() {
        assertThat(lines(ALL, line -> PERSONAL.stream().anyMatch(line::contains)))
                .isEmpty();
    }

    /** By what each begins with: there are thousands of texts, and hundreds of thousands of lines. */
    private static Predicate<String> holdsOneOf(List<String> texts) {
        int length = texts.stream().mapToInt(String::length).min().orElseThrow();
        Map<String, List<String>> byBeginning =
                texts.stream().collect(Collectors.groupingBy(text -> text.substring(0, length)));
        return line -> IntStream.rangeClosed(0, line.length() - length)
                .anyMatch(at -> byBeginning.getOrDefault(line.substring(at, at + length), List.of()).stream()
                        .anyMatch(text -> line.startsWith(text, at)));
    }

    /** The lines that were logged, without those that tell a newcomer the demo's own passwords. */
    private static List<String> lines(Map<String, String> logs, Predicate<String> wanted) {
        List<String> found = new ArrayList<>();
        logs.forEach((name, log) -> log.lines()
                .filter(line -> !line.startsWith("  curl ") && !line.startsWith("  token=$("))
                .filter(wanted)
                .map(line -> name + ": " + line)
                .forEach(found::add));
        return found;
    }
}
