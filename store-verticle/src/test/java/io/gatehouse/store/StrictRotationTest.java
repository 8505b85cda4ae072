package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Rotation;
import io.gatehouse.common.message.Grants.Rotation.Refused;
import io.gatehouse.common.message.Grants.Rotation.Rotated;
import io.gatehouse.common.model.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With a replay window of zero. */
class StrictRotationTest extends RoleCase {
    @Override
    Duration replayWindow() {
        return Duration.ZERO;
    }

    @Test
    void rotate_inParallelEndsTheGrant() {
        Ticket grant = openGrant();
        List<Rotation> rotations = Await.results(IntStream.range(0, 64)
                .mapToObj(i -> bus.ask(rotate(grant, Samples.secret(0), 1000 + i)))
                .toList());
        assertThat(rotations).filteredOn(Rotated.class::isInstance).hasSize(1);
        assertThat(rotations)
                .filteredOn(rotation -> rotation instanceof Refused refused && refused.reason() == Refusal.REUSED)
                .hasSize(1);
        Rotated winner = (Rotated)
                rotations.stream().filter(Rotated.class::isInstance).findFirst().orElseThrow();
        assertThat(winner.generation()).isEqualTo(1);
        assertThat(ask(rotate(grant, 1000))).isInstanceOf(Refused.class);
    }
}
