package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HangupIT {
    @TempDir
    private Path folder;

    private void write(String id) throws Exception {
        Files.writeString(
                folder.resolve("gatehouse.yaml"),
                "routes: [{id: %s, match: {host: shop.example.org}, demand: public}]\n".formatted(id));
    }

    @Test
    void theSignalMakesOtherRoutesCount() throws Exception {
        write("former");
        try (RunningNode node = RunningNode.start("hangup", folder, Map.of(), "--demo", "--config", "gatehouse.yaml")) {
            Caller management = new Caller(node.management());
            assertThat(management.get("/metrics").body()).contains("route=\"former\"");
            write("latter");
            assertThat(node.child().signal("HUP")).isZero();
            String line = node.child().awaitLine(one -> one.contains("routes_changed"));
            assertThat(line).contains("added=latter", "removed=former");
            assertThat(management.get("/metrics").body()).contains("route=\"latter\"").doesNotContain("former");
            assertThat(node.child().isAlive()).isTrue();
            assertThat(node.stop()).isZero();
        }
    }
}
