package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.crypto.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {
    @TempDir
    private Path parent;

    private final CapturedLog log = new CapturedLog(MasterKeyFile.class.getName());
    private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        folder = parent.resolve("data");
        file = folder.resolve("master.key");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void readOrMake_makesAFileForItsOwnerOnly() throws IOException {
        Bytes key = new MasterKeyFile(folder).readOrMake();
        assertThat(key.length()).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void readOrMake_readsWhatItMade() {
        Bytes made = new MasterKeyFile(folder).readOrMake();
        log.clear();
        assertThat(new MasterKeyFile(folder).readOrMake()).isEqualTo(made);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN The master key " + file + " lies inside the data folder")
                .doesNotContain(made.base64Url().substring(0, 8));
    }

    @Test
    void readOrMake_byManyAtOnce_agreesOnOneKey() throws Exception {
        Set<Bytes> keys = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Bytes> start = () -> new MasterKeyFile(folder).readOrMake();
            for (Future<Bytes> made :
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> start).toList())) {
                keys.add(made.get());
            }
        }
        assertThat(keys).hasSize(1);
    }

    @Test
    void readOrMake_refusesAFileThatOthersMayRead() throws IOException {
        new MasterKeyFile(folder).readOrMake();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        refused("chmod 600 " + file);
    }

    @Test
    void readOrMake_refusesWhatIsNoKey() throws IOException {
        for (String content : new String[] {"", "not base64 at all!", "c2hvcnQ=\n"}) {
            Files.deleteIfExists(file);
            Files.createDirectories(folder);
            Files.writeString(file, content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            refused("does not hold 32 bytes in base64: restore it from a copy");
        }
    }

    @Test
    void readOrMake_refusesAFolderOfThatName() throws IOException {
        Files.createDirectories(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        refused("can't be read or made");
    }

    @Test
    void readOrMake_refusesAFolderThatCannotBeMade() throws IOException {
        Files.writeString(folder, "a file where the data folder should be");
        refused("can't be read or made");
    }

    private void refused(String words) {
        assertThatThrownBy(() -> new MasterKeyFile(folder).readOrMake())
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(words)
                .hasMessageNotContaining("\n");
    }
}
