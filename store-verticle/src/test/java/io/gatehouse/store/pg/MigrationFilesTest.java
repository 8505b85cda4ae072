package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The steps that a build carries. */
class MigrationFilesTest {
    @Test
    void everyFileIsInTheList() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/gatehouse/store/pg/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migration.SCRIPTS);
        }
    }

    @Test
    void stepsAreNumberedWithoutAHole() {
        List<Migration> all = Migration.all();

        assertThat(all.stream().map(Migration::version))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, all.size()).boxed().toList());
    }

    @Test
    void namesAreFlyways() {
        assertThat(Migration.SCRIPTS).allMatch(script -> script.matches("V[0-9]+__[a-z0-9_]+\\.sql"));
    }
}
