package io.gatehouse.common.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Samples;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applications' own code, which may fail. */
class RevocationListenersTest {
    private static final Revocations.Page PAGE =
            new Revocations.Page("log", 1, 1, List.of(new SequencedDenial(1, Samples.of(Denial.class))));

    private final RevocationList list = new RevocationList(Clock.systemUTC(), Duration.ofMinutes(1));

    @Test
    void oneThatFailsKeepsTheListFromNothing() {
        List<Denial> heard = new ArrayList<>();
        list.listen(denial -> {
            throw new IllegalStateException("planned by a test");
        });
        list.listen(heard::add);

        assertThat(list.read((after, limit) -> Future.succeededFuture(RevocationList.Known.now(PAGE)))
                        .succeeded())
                .isTrue();
        assertThat(list.read((after, limit) -> Future.succeededFuture(RevocationList.Known.now(PAGE)))
                        .succeeded())
                .isTrue();

        assertThat(list.isFresh()).isTrue();
        assertThat(list.head()).isEqualTo(1);
        assertThat(heard).hasSize(2);
    }
}
