package io.gatehouse.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    private static final Pattern INSTRUCTION = Pattern.compile("FROM|WORKDIR|COPY|RUN|ENV|USER|EXPOSE|ENTRYPOINT|CMD");

    @Test
    void everyLineIsAnInstruction() throws IOException {
        assertThat(instructions())
                .allMatch(line -> INSTRUCTION.matcher(line).lookingAt())
                .isNotEmpty();
    }

    @Test
    void itTakesWhatTheBuildMakes() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<outputFile>${project.basedir}/target/gatehouse.jar<");
        assertThat(instructions())
                .contains(
                        "COPY --from=build --chmod=0755 /build/deploy/gatehouse /opt/gatehouse/gatehouse",
                        "COPY --from=build --chmod=0644 /build/deploy/target/gatehouse.jar /opt/gatehouse/gatehouse.jar",
                        "ENTRYPOINT [\"/opt/gatehouse/gatehouse\"]");
        assertThat(Path.of("gatehouse")).isExecutable();
    }

    @Test
    void nothingRunsAsRoot() throws IOException {
        List<String> lines = instructions();
        int user = lines.indexOf("USER 65532:65532");
        assertThat(user).isPositive();
        assertThat(lines.subList(user, lines.size())).noneMatch(line -> line.startsWith("RUN"));
        assertThat(lines).filteredOn(line -> line.startsWith("USER")).hasSize(1);
    }

    @Test
    void modulesAreSentToTheBuildAndNoKeys() throws IOException {
        List<String> sent = Files.readAllLines(Path.of("Dockerfile.dockerignore"));
        String modules = Files.readString(Path.of("..", "pom.xml"));
        Pattern.compile("<module>([\\w-]+)</module>")
                .matcher(modules)
                .results()
                .forEach(module -> assertThat(sent).contains("!" + module.group(1)));
        assertThat(sent).contains("*", "**/*.key", "**/data");
    }

    /** With continued lines as one. */
    private static List<String> instructions() throws IOException {
        String text = Files.readString(Path.of("Dockerfile"));
        return text.replace("\\\n", " ")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
