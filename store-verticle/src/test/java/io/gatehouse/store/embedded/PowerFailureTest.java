package io.gatehouse.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.Grant;
import io.gatehouse.store.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power fails before every single force, also those of compaction, and never costs what was committed. */
class PowerFailureTest {
    private static final int COMMITS = 24;
    private static final Bytes LARGE = Bytes.of(new byte[2000]);

    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private final List<Grant> grants = new ArrayList<>();
    private List<Grant> committed = List.of();
    private int failures;

    @Test
    void whatWasCommitted_survivesAnyLoss() throws IOException {
        String name = LosableDisk.name(
                Files.createFile(folder.resolve("store.mv")),
                () -> assertHolds(found -> LosableDisk.image.failPower(found, random)));
        StoreFile file = load(name, 2000);
        for (int round = 0; round < COMMITS; round++) {
            change(file, round);
            commit(file);
            if (round == COMMITS / 2) {
                file.close();
                file = new StoreFile(name);
            }
            if (round % 6 == 5) {
                compact(file);
            }
        }
        file.close();
        assertThat(failures).isGreaterThan(COMMITS);
    }

    /** The header names a commit that is not there, and the chain of commits to the last one is long gone. */
    @Test
    void whatWasCommitted_survivesAMisleadingHeader() throws IOException {
        String name = LosableDisk.name(
                Files.createFile(folder.resolve("store.mv")),
                () -> assertHolds(LosableDisk.image::failPowerAfterHeader));
        StoreFile file = load(name, 200);
        for (int round = 0; round < 100; round++) {
            change(file, round);
            commit(file);
        }
        file.close();
    }

    private StoreFile load(String name, int rows) {
        StoreFile file = new StoreFile(name);
        for (int i = 0; i < rows; i++) {
            grants.add(write(file, Samples.grant("web")));
        }
        commit(file);
        return file;
    }

    private void change(StoreFile file, int round) {
        for (int i = 0; i < 64; i++) {
            int row = random.nextInt(grants.size());
            Grant next = grants.get(row).rotated(Samples.secret(round), LARGE, Samples.NOW, Samples.NOW);
            grants.set(row, write(file, next));
        }
    }

    private void commit(StoreFile file) {
        file.commit();
        committed = List.copyOf(grants);
    }

    private static void compact(StoreFile file) {
        boolean worked = true;
        for (int step = 0; worked && step < 20; step++) {
            worked = file.rewrite(70) || file.moveTogether(70);
        }
    }

    /** All of the last commit is found, or all of the one that was under way. */
    private void assertHolds(Consumer<Path> powerFailure) {
        Path found = folder.resolve("found " + failures++);
        powerFailure.accept(found);
        if (committed.isEmpty()) {
            return;
        }
        StoreFile after = new StoreFile(found.toString());
        List<Grant> rows = committed.stream()
                .map(grant -> after.tables().grant(grant.tenant(), grant.id()))
                .toList();
        assertThat(rows.equals(committed) || rows.equals(grants))
                .as("after failure " + failures)
                .isTrue();
        after.abandon();
    }

    private static Grant write(StoreFile file, Grant grant) {
        file.tables().put(grant);
        file.tables().undo.keep();
        return grant;
    }
}
