package io.gatehouse.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.Await;
import io.gatehouse.store.Samples;
import io.gatehouse.store.Store;
import io.gatehouse.store.UnusableStore;
import io.gatehouse.store.pg.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies that broke off, and what they leave behind. */
class BrokenCopyTest extends CopyCase {
    private final AtomicInteger written = new AtomicInteger();
    private StoreConfig from;

    @BeforeEach
    void furnish() {
        from = files("from");
        Store store = open(from);
        Furnished.of(store);
        Await.result(store.close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCopyThatBreaks_goesOnWhereItWas(boolean toFiles) {
        StoreConfig to = toFiles ? files("to") : postgres();
        int runs = 0;
        while (breaks(to, 3)) {
            runs++;
        }
        assertThat(runs).isGreaterThan(4);
        Map<String, List<Record>> copied = rows(to);
        rows(from)
                .forEach((kind, rows) ->
                        assertThat(copied.get(kind)).as(kind).containsExactlyInAnyOrderElementsOf(rows));
        assertThat(written.get()).as("none is copied twice").isLessThanOrEqualTo(mostPages());
        Await.result(open(to).close());
    }

    /** Of two rows each. */
    private int mostPages() {
        return rows(from).values().stream()
                .mapToInt(rows -> rows.size() / 2 + 1)
                .sum();
    }

    /** @param pages after which the connection is lost, say */
    private boolean breaks(StoreConfig to, int pages) {
        AtomicInteger left = new AtomicInteger(pages);
        try {
            copy(from, to, false, (kind, done, of) -> {
                assertThat(done).as(kind).isBetween(1L, of);
                written.incrementAndGet();
                if (left.decrementAndGet() == 0) {
                    throw new IllegalStateException("broken");
                }
            });
            return false;
        } catch (IllegalStateException broken) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noNodeStartsOnHalfACopy(boolean toFiles) {
        StoreConfig to = toFiles ? files("to") : postgres();
        assertThat(breaks(to, 3)).isTrue();
        refused(() -> open(to), "holds half a copy: run the same `gatehouse store copy` again");
        refused(() -> copy(to, files("third")), "holds half a copy itself");
        copy(from, to);
        Await.result(open(to).close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noNodeStartsOnASource_fromItsFirstPageOn(boolean fromFiles) {
        StoreConfig source = fromFiles ? from : moved();
        StoreConfig to = files("to");
        from = source;
        assertThat(breaks(to, 1)).isTrue();
        refused(() -> open(source), "is frozen for its copy in the data folder " + to.path());
        copy(source, to);
        refused(() -> open(source), "is frozen for its copy");
        assertThat(unfreeze(source)).isTrue();
        assertThat(unfreeze(source)).isFalse();
        Await.result(open(source).close());
    }

    private StoreConfig moved() {
        copy(from, postgres());
        return postgres();
    }

    @Test
    void aSource_goesToOnePlaceOnly() {
        assertThat(breaks(postgres(), 3)).isTrue();
        refused(() -> copy(from, files("another")), "is frozen for its copy in the database " + database());
        copy(from, postgres());
        refused(() -> copy(from, files("another")), "is frozen for its copy in the database " + database());
    }

    @Test
    void aSourceThatWasUnfrozen_isCopiedAnew() {
        assertThat(breaks(postgres(), 12)).isTrue();
        unfreeze(from);
        refused(() -> copy(from, postgres()), "holds other data already");
        copy(from, files("another"));
    }

    @Test
    void aCompleteCopy_isLeftAlone() {
        CopyReport first = copy(from, postgres());
        Store node = open(postgres());
        Await.result(node.clients().declare(Samples.client("later")));
        Await.result(node.close());

        CopyReport again = copy(from, postgres(), false, (kind, done, of) -> {
            throw new AssertionError("copied " + kind);
        });

        assertThat(first.before()).isFalse();
        assertThat(again.before()).isTrue();
        assertThat(again.rows().get("clients")).isEqualTo(first.rows().get("clients") + 1);
    }

    @Test
    void aRowThatGotLost_isMissedAtTheEnd_andCopiedOnceMore() {
        while (written.get() < 20) {
            assertThat(breaks(postgres(), 1)).isTrue();
        }
        PostgresServer.shared().execute(database(), "DELETE FROM users WHERE subject = 'subject 1'");
        refused(() -> copy(from, postgres()), "has 7 users where the source has 8: run the same command again");
        refused(() -> open(postgres()), "holds half a copy");
        copy(from, postgres());
        assertThat(rows(postgres()).get("users"))
                .containsExactlyInAnyOrderElementsOf(rows(from).get("users"));
    }

    static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UnusableStore.class).hasMessageContaining(message);
    }
}
