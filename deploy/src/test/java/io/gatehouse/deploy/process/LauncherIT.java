package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as it stands in a distribution: beside the jar, without sources and Maven. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherIT {
    private static final Path SCRIPT = Path.of("gatehouse");

    @TempDir
    private Path folder;

    private Path home;
    private Path elsewhere;

    @BeforeEach
    void distribute() throws IOException {
        home = Files.createDirectories(folder.resolve("home of gatehouse"));
        elsewhere = Files.createDirectories(folder.resolve("some where else"));
        Files.copy(SCRIPT, home.resolve("gatehouse"));
        executable(home.resolve("gatehouse"));
        Files.copy(Artefacts.jar(), home.resolve("gatehouse.jar"));
    }

    @Test
    void itWorksFromAnyFolderAndThroughLinks() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("link"), home.resolve("gatehouse"));
        Path second = Files.createSymbolicLink(bin.resolve("second"), Path.of("link"));
        for (Path command :
                List.of(home.resolve("gatehouse"), link, second, Path.of("../home of gatehouse/gatehouse"))) {
            try (Child child = launch(elsewhere, Map.of(), command.toString(), "version")) {
                assertThat(child.exitCode()).as(String.valueOf(child.err())).isZero();
                assertThat(child.out()).hasSize(1).first().asString().startsWith("Gatehouse ");
            }
        }
    }

    @Test
    void dataBelongsToTheCurrentFolderAndSignalsArrive() throws Exception {
        Map<String, String> environment = Map.of("GATEHOUSE_SERVER_PORT", "0", "GATEHOUSE_MANAGEMENT_PORT", "0");
        try (Child child =
                launch(elsewhere, environment, home.resolve("gatehouse").toString(), "start", "--demo")) {
            child.awaitLine(line -> line.startsWith("Gatehouse is ready on "));
            assertThat(elsewhere.resolve("data")).isDirectory();
            child.terminate();
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    void exitCodesAndErrorsAreThoseOfTheCommand() throws Exception {
        try (Child child = launch(elsewhere, Map.of(), home.resolve("gatehouse").toString(), "strat")) {
            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.err()).containsExactly("gatehouse: unknown command 'strat'; did you mean 'start'?");
        }
    }

    @Test
    void anOldJavaHomeIsPassedOverForANewerOne() throws Exception {
        Path old = fakeJava("old", "17.0.1");
        Path newer = fakeJava("new", "99.1");
        Map<String, String> environment =
                Map.of("JAVA_HOME", old.toString(), "PATH", newer.resolve("bin") + ":/usr/bin:/bin");
        assertThat(javaOptions(environment)).contains("new").doesNotContain("old");
    }

    @Test
    void javaHomeComesFirst() throws Exception {
        Path wanted = fakeJava("wanted", "21");
        Path other = fakeJava("other", "99.1");
        Map<String, String> environment =
                Map.of("JAVA_HOME", wanted.toString(), "PATH", other.resolve("bin") + ":/usr/bin:/bin");
        List<String> options = javaOptions(environment);
        assertThat(options).contains("wanted", "--enable-native-access=ALL-UNNAMED", "io.gatehouse.deploy.Main");
        assertThat(options).noneMatch(option -> option.startsWith("--sun-misc") || option.contains("CompactObject"));
    }

    @Test
    void ownJavaOptionsComeLastAndWin() throws Exception {
        Path java = fakeJava("java", "25.0.3");
        List<String> options =
                javaOptions(Map.of("JAVA_HOME", java.toString(), "GATEHOUSE_JAVA_OPTS", "-Xmx1g -Dsome=thing"));
        assertThat(options).contains("-XX:+UseCompactObjectHeaders", "-Dsome=thing");
        assertThat(options.stream().filter(option -> option.startsWith("-Xmx")).toList())
                .hasSize(2)
                .last()
                .isEqualTo("-Xmx1g");
        assertThat(options.indexOf("-Dsome=thing")).isLessThan(options.indexOf("-cp"));
    }

    @Test
    void anArchiveOfAnotherJavaIsLeftAlone() throws Exception {
        Files.writeString(home.resolve("gatehouse.aot"), "of another Java");
        Files.writeString(home.resolve("gatehouse.aot.made-by"), "another Java");
        assertThat(javaOptions(Map.of("JAVA_HOME", fakeJava("java", "25.0.3").toString())))
                .noneMatch(option -> option.contains("gatehouse.aot"));
    }

    /** An image is built on one machine and runs on others. */
    @Test
    void anArchiveOfAMachineWithOtherCoresIsUsed() throws Exception {
        Path java = fakeJava("java", "25.0.3");
        Files.writeString(java.resolve("bin/java"), """
                #!/bin/sh
                for option; do
                  echo "$option"
                  case $option in -XX:AOTCacheOutput=*) : >"${option#*=}" ;; esac
                done
                """);
        Map<String, String> few = Map.of("JAVA_HOME", java.toString(), "PATH", cores(2) + ":/usr/bin:/bin");
        try (Child child = launch(elsewhere, few, home.resolve("gatehouse").toString(), "rehearse")) {
            assertThat(child.exitCode()).as(String.valueOf(child.err())).isZero();
        }
        Map<String, String> many = Map.of("JAVA_HOME", java.toString(), "PATH", cores(32) + ":/usr/bin:/bin");
        assertThat(javaOptions(many)).contains("-Xmx396m").anyMatch(option -> option.startsWith("-XX:AOTCache="));
    }

    /** A folder for PATH whose getconf tells of so many cores. */
    private Path cores(int count) throws IOException {
        Path getconf = Files.createDirectories(folder.resolve("cores-" + count)).resolve("getconf");
        Files.writeString(getconf, "#!/bin/sh\necho " + count + "\n");
        executable(getconf);
        return getconf.getParent();
    }

    @Test
    void aMissingJarIsOneLine() throws Exception {
        Files.delete(home.resolve("gatehouse.jar"));
        try (Child child = launch(elsewhere, Map.of(), home.resolve("gatehouse").toString(), "version")) {
            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(child.err()).hasSize(1).first().asString().contains("gatehouse.jar");
        }
    }

    /** What the launcher hands to a java that only prints its name and what it was given. */
    private List<String> javaOptions(Map<String, String> environment) throws Exception {
        try (Child child =
                launch(elsewhere, environment, home.resolve("gatehouse").toString(), "version")) {
            assertThat(child.exitCode()).as(String.valueOf(child.err())).isZero();
            return child.out();
        }
    }

    private Path fakeJava(String name, String version) throws IOException {
        Path java = Files.createDirectories(folder.resolve(name + "/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho " + name + "\nfor option; do echo \"$option\"; done\n");
        executable(java);
        Files.writeString(folder.resolve(name + "/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder.resolve(name);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Child launch(Path current, Map<String, String> environment, String... command) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        variables.putAll(environment);
        return new Child("launcher", current, variables, List.of(command));
    }
}
