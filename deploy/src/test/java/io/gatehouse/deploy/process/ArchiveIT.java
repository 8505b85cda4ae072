package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the build's rehearsal leaves behind, so that later starts are fast. */
@EnabledOnOs(OS.LINUX)
class ArchiveIT {
    @Test
    void theBuildLeftAnArchiveForItsJava() {
        Path target = Artefacts.jar().getParent();
        assertThat(target.resolve("gatehouse.aot").toFile().exists()
                        || target.resolve("gatehouse.jsa").toFile().exists())
                .as("see %s", target.resolve("rehearsal.log"))
                .isTrue();
    }
}
