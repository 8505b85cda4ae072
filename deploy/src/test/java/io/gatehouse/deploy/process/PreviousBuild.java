package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The build before this one, made from the history of this checkout; another one by {@code -Dgatehouse.previous=REVISION}. */
final class PreviousBuild {
    private static final String REVISION = "gatehouse.previous";
    private static final int NO_HISTORY = 3;

    private PreviousBuild() {}

    /** Its jar, which is built the first time. A checkout without its history has none: the test is reported as skipped. */
    static Path jar() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Path.of("bench", "previous").toString()));
        if (System.getProperty(REVISION) != null) {
            command.add(System.getProperty(REVISION));
        }
        Path said = Artefacts.logFile("previous");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
        builder.environment().putAll(maven());
        Process build = builder.start();
        String jar = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exitCode = build.waitFor();
        String complaint = Files.readString(said).strip();
        assumeThat(exitCode).as(complaint).isNotEqualTo(NO_HISTORY);
        assertThat(exitCode).as(complaint).isZero();
        return Path.of(jar);
    }

    /** The Maven that runs this, and what it has fetched. */
    private static Map<String, String> maven() {
        Path home = Path.of(System.getProperty("gatehouse.maven.home", ""), "bin", "mvn");
        String repository = System.getProperty("localRepository");
        return Files.isExecutable(home) && repository != null
                ? Map.of("MVN", home.toString(), "MAVEN_REPOSITORY", repository)
                : Map.of();
    }
}
