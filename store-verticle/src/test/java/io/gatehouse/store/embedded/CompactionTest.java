package io.gatehouse.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.Grant;
import io.gatehouse.store.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    private static final int ROWS = 20_000;
    private static final int BATCH = 16;

    /** Rows of 300 bytes: some 7 MB of live data, rewritten many times over. */
    @Test
    void updates_leaveABoundedFile(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("store.mv");
        StoreFile file = new StoreFile(path.toString());
        List<Grant> grants = load(file);
        Housekeeping housekeeping = WriterTest.housekeeping();
        Random random = new Random(1);
        long largest = 0;
        for (int batch = 0; batch < 1200; batch++) {
            for (int i = 0; i < BATCH; i++) {
                Grant grant = grants.get(random.nextInt(ROWS));
                file.tables()
                        .put(grant.rotated(Samples.secret(batch), Samples.sealed(batch), Samples.NOW, Samples.NOW));
                file.tables().undo.keep();
            }
            file.commit();
            housekeeping.compact(file, false);
            largest = Math.max(largest, Files.size(path));
        }
        assertThat(largest).as("under constant load").isLessThan(100L << 20);
        while (housekeeping.compact(file, true)) {
            largest = Math.max(largest, Files.size(path));
        }
        assertThat(largest).as("while compacting").isLessThan(110L << 20);
        assertThat(Files.size(path)).as("once idle").isLessThan(20L << 20);
        file.close();
        StoreFile again = new StoreFile(path.toString());
        for (Grant grant : grants) {
            assertThat(again.tables().grant(grant.tenant(), grant.id())).isNotNull();
        }
        again.close();
    }

    private static List<Grant> load(StoreFile file) {
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Grant grant = Samples.grant("web");
            grants.add(grant);
            file.tables().put(grant);
            file.tables().undo.keep();
            if (i % 1000 == 999) {
                file.commit();
            }
        }
        return grants;
    }
}
