package io.gatehouse.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdUnitTest {
    private static final Path UNIT = Path.of("systemd", "gatehouse.service");
    private static final Pattern LINE = Pattern.compile("#.*|\\[(Unit|Service|Install)]|[A-Z][A-Za-z]+=.*|");
    /** Of 100: systemd calls what is below 20 good. */
    private static final int MOST_EXPOSED = 20;

    @TempDir
    private Path folder;

    @Test
    void everyLineIsOne() throws IOException {
        assertThat(Files.readAllLines(UNIT)).allMatch(line -> LINE.matcher(line).matches());
    }

    @Test
    void itStartsWhatTheLauncherKnows() throws IOException {
        String started = values("ExecStart").getFirst();
        assertThat(started).startsWith("/opt/gatehouse/gatehouse start ");
        assertThat(Files.readString(Path.of("docs", "deployment.md")))
                .contains(
                        "/opt/gatehouse/gatehouse\n",
                        "/opt/gatehouse/gatehouse.jar\n",
                        " keys list --config /etc/gatehouse/");
    }

    @Test
    void systemdTakesItAndFindsItHardened() throws Exception {
        assumeTrue(Shell.has("systemd-analyze"), "systemd is not installed");
        Path launcher = Path.of("gatehouse").toAbsolutePath();
        Path unit = Files.writeString(
                folder.resolve("gatehouse.service"),
                Files.readString(UNIT).replace("ExecStart=/opt/gatehouse/gatehouse ", "ExecStart=" + launcher + " "));
        assertThat(Shell.run(folder, Map.of(), "systemd-analyze", "verify", unit.toString()))
                .isEmpty();
        Shell.run(
                folder,
                Map.of(),
                "systemd-analyze",
                "security",
                "--offline=true",
                "--threshold=" + MOST_EXPOSED,
                unit.toString());
    }

    @Test
    void itWaitsForADrainThatIsNotSaidOtherwise() throws IOException {
        int seconds = Integer.parseInt(values("TimeoutStopSec").getFirst());
        assertThat(seconds).isGreaterThan(2 + 15);
    }

    private static List<String> values(String key) throws IOException {
        return Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }
}
