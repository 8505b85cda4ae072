package io.gatehouse.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.UnusableStore;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class DataFolderTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private Vertx vertx;
    private final SettableClock clock = new SettableClock();

    @BeforeEach
    void nameFolder(Vertx ofTheTest) {
        vertx = ofTheTest;
        folder = temporary.resolve("some/data");
    }

    @Test
    void open_makesAFolderForItsOwnerOnly() throws IOException {
        Await.result(open(folder, false).close());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("store.mv"))))
                .isEqualTo("rw-------");
    }

    @Test
    void open_refusesAFolderInUse() {
        EmbeddedStore store = open(folder, false);
        refuses(folder, false, "is in use by another process");
        assertThat(Await.result(store.tenants().find(Tenant.MAIN)))
                .as("the first one goes on")
                .isNotNull();
        Await.result(store.close());
        Await.result(open(folder, false).close());
    }

    @Test
    void open_refusesWhatIsInTheWay() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file");
        refuses(folder, false, "is in the way");
    }

    @Test
    void open_followsALink() throws IOException {
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), elsewhere);
        Await.result(open(link, false).close());
        assertThat(elsewhere.resolve("store.mv")).exists();
    }

    @Test
    void open_refusesADamagedFile() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("store.mv"), "not a store ".repeat(2000));
        refuses(folder, false, "can't be opened");
    }

    @Test
    void open_refusesANewerFormat() {
        EmbeddedStore store = open(folder, false);
        Await.result(store.writer().<Integer>submit(tables -> {
            tables.facts.put("format", "2");
            return 1;
        }));
        Await.result(store.close());
        refuses(folder, false, "written by a newer Gatehouse");
    }

    @Test
    void demo_isNeverMixedWithOtherData() {
        Await.result(open(folder, true).close());
        refuses(folder, false, "holds demo data");
        Await.result(open(folder, true).close());
        Path own = temporary.resolve("own");
        EmbeddedStore store = open(own, false);
        Await.result(store.clients().declare(Samples.client("web")));
        Await.result(store.close());
        refuses(own, true, "holds data that is not the demo's");
        Await.result(open(own, false).close());
    }

    @Test
    void demo_mayTakeAnEmptyStore() {
        Await.result(open(folder, false).close());
        Await.result(open(folder, true).close());
        refuses(folder, false, "holds demo data");
    }

    /** A copy of the file at the moment of an answer is what a crash at that moment would leave. */
    @Test
    void whatWasAnswered_isInTheFile() throws IOException {
        EmbeddedStore store = open(folder, false);
        Await.result(store.clients().declare(Samples.client("web")));
        Await.result(store.users().declare(Samples.ada(), Samples.HASH));
        Grant grant = Samples.grant("web");
        Await.result(store.grants().open(grant, clock.instant()));
        for (int generation = 0; generation < 25; generation++) {
            Await.result(store.grants().rotate(Samples.rotate(grant, generation), clock.instant()));
            EmbeddedStore copy = open(copyOf("crash " + generation), false);
            assertThat(Await.result(copy.grants().rotate(Samples.rotate(grant, generation), clock.instant())))
                    .isInstanceOf(RotationResult.Replayed.class);
            assertThat(Await.result(copy.grants().rotate(Samples.rotate(grant, generation + 1), clock.instant())))
                    .isInstanceOf(RotationResult.Rotated.class);
            Await.result(copy.close());
        }
        Await.result(store.close());
    }

    private Path copyOf(String name) throws IOException {
        Path copy = Files.createDirectories(temporary.resolve(name));
        Files.copy(folder.resolve("store.mv"), copy.resolve("store.mv"));
        return copy;
    }

    private EmbeddedStore open(Path path, boolean demo) {
        StoreConfig config = new StoreConfig(StoreConfig.Kind.EMBEDDED, path, 64);
        return Await.result(EmbeddedStore.open(vertx, config, Samples.TIMES, demo, clock));
    }

    private void refuses(Path path, boolean demo, String sentence) {
        assertThatThrownBy(() -> open(path, demo))
                .isInstanceOf(UnusableStore.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining(path.toString());
    }
}
