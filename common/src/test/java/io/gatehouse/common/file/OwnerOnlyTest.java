package io.gatehouse.common.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsMadeIsForItsOwner() throws IOException {
        Path file = folder.resolve("deep/er/secret");
        assertThat(OwnerOnly.make(file, "text\n")).isTrue();
        assertThat(file).hasContent("text\n");
        assertThat(OwnerOnly.isOpenToOthers(file)).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void oneBitForOthersIsSeen() throws IOException {
        Path file = folder.resolve("secret");
        OwnerOnly.make(file, "text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
        assertThat(OwnerOnly.isOpenToOthers(file)).isTrue();
    }

    @Test
    void ofManyAtOnceOneMakesIt() throws Exception {
        Path file = folder.resolve("secret");
        List<Callable<Boolean>> makers = IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(maker -> () -> OwnerOnly.make(file, "by " + maker))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            int made = 0;
            for (Future<Boolean> maker : threads.invokeAll(makers)) {
                made += maker.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
        assertThat(Files.readString(file)).startsWith("by ");
    }
}
