package io.gatehouse.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.store.pg.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatehouse store migrate} on a real server. */
class StoreMigrateCommandTest {
    @TempDir
    Path folder;

    @Test
    void appliesWhatIsMissingAndSaysSo() throws IOException {
        String uri = PostgresServer.shared().uri("migrate");

        Typed first = migrate("store: {kind: postgres, uri: '" + uri + "'}");
        Typed second = migrate("store: {kind: postgres, uri: '" + uri + "'}");

        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        assertThat(first.out().lines()).first().isEqualTo("Applied 1: tables");
        long steps = first.out().lines().count();
        assertThat(second.code()).isZero();
        assertThat(second.out()).isEqualTo("The schema is up to date (" + steps + ")." + System.lineSeparator());
    }

    @Test
    void saysWhatIsWrongWithoutThePassword() throws IOException {
        Typed typed = migrate("store: {kind: postgres, uri: 'postgresql://u:hidden@127.0.0.1:1/d'}");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).startsWith("gatehouse: The database d at 127.0.0.1 port 1 can't be reached: start");
        assertThat(typed.err().lines()).hasSize(1);
        assertThat(typed.err()).doesNotContain("hidden");
    }

    @Test
    void theEmbeddedStoreHasNothingToMigrate() throws IOException {
        Path data = folder.resolve("data");

        Typed typed = migrate("store: {path: '" + data + "'}");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("nothing to migrate");
        assertThat(data).doesNotExist();
    }

    @Test
    void aNodeWithoutTheStoreHasNothingToMigrate() throws IOException {
        Typed typed = migrate("{issuer: 'https://login.example.org', roles: [gateway]}");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("a node without the role store");
    }

    private Typed migrate(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
        CommandTable table = new CommandTable(List.of(new StoreMigrateCommand()));
        return new Typed(table, "store", "migrate", "--config", file.toString());
    }
}
