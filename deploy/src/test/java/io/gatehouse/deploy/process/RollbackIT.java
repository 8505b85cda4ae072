package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on its own data gives way to the build before, and that one to this one again: each keeps what the other answered. */
class RollbackIT {
    private static final int ANSWERS = 100;

    @TempDir
    private Path folder;

    @Test
    void backAndForth() throws Exception {
        Path previous = PreviousBuild.jar();
        RunningNode node = start(Artefacts.jar());
        try {
            for (Path next : List.of(previous, Artefacts.jar())) {
                try (Load load = Load.on(node)) {
                    load.awaitAnswers(ANSWERS);
                    load.finish();
                    assertThat(node.stop()).as("exit code").isZero();
                    node = start(next);
                    load.check(node);
                }
            }
        } finally {
            node.close();
        }
    }

    private RunningNode start(Path build) throws Exception {
        return RunningNode.await(RunningNode.launch(build, "rollback", folder, Busy.ENVIRONMENT, List.of(), "--demo"));
    }
}
