package io.gatehouse.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.GrantId;
import io.gatehouse.store.Samples;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowKeyTest {
    @Test
    void of_givesEveryListOfPartsItsOwnKey() {
        List<byte[]> keys = List.of(
                RowKey.of("a", "b"),
                RowKey.of("ab"),
                RowKey.of("a", "", "b"),
                RowKey.of("a\0b"),
                RowKey.of("a", "b\0"),
                RowKey.of("a\0", "b"),
                RowKey.of("a", "\0b"),
                RowKey.of("a\0", "\0b"),
                RowKey.of(""),
                RowKey.of("", ""));
        assertThat(keys.stream().map(Arrays::toString)).doesNotHaveDuplicates();
    }

    @Test
    void of_sortsByParts() {
        List<byte[]> sorted = List.of(
                RowKey.of("a"),
                RowKey.of("a", "b"),
                RowKey.of("a", "b", "c"),
                RowKey.of("a", "b\0"),
                RowKey.of("a", "bb"),
                RowKey.of("a\0"),
                RowKey.of("a-2", "a"),
                RowKey.of("b"));
        assertThat(sorted.stream().sorted(Arrays::compareUnsigned)).containsExactlyElementsOf(sorted);
    }

    @Test
    void grants_lieTogetherByTenantAndDay() {
        GrantId today = GrantId.expiring(Samples.NOW);
        GrantId tomorrow = GrantId.expiring(Samples.NOW.plusSeconds(86400));
        byte[] key = RowKey.of("a", today);
        assertThat(RowKey.expiryDay(key, GrantId.LENGTH)).isEqualTo(today.expiryDay());
        List<byte[]> sorted = List.of(
                key, RowKey.of("a", tomorrow), RowKey.behindTenantOf(key, GrantId.LENGTH), RowKey.of("a-2", today));
        assertThat(sorted.stream().sorted(Arrays::compareUnsigned)).containsExactlyElementsOf(sorted);
        assertThat(RowKey.startsWith(key, RowKey.of("a"))).isTrue();
        assertThat(RowKey.startsWith(RowKey.of("a-2", today), RowKey.of("a"))).isFalse();
    }
}
