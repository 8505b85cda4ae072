package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.common.message.PageKeys.KeySet;
import io.gatehouse.common.message.PageKeys.PageKey;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two nodes with one master key seal and open each other's pages, over midnight too. */
class DailyPageKeysTest {
    @Test
    void keys_areTheSameOnNodesWithOneMasterKey() {
        try (TokenNode one = TokenNode.usual();
                TokenNode other = new TokenNode(TokenNode.CONFIG, new StoreStandIn())) {
            assertThat(get(one)).isEqualTo(get(other));
        }
    }

    @Test
    void keys_ofAnotherMasterKey_differ() {
        String yaml = TokenNode.CONFIG.replace("AAEC", "BBEC");
        try (TokenNode one = TokenNode.usual();
                TokenNode other = new TokenNode(yaml, new StoreStandIn())) {
            assertThat(get(one).keys()).doesNotContainAnyElementsOf(get(other).keys());
        }
    }

    @Test
    void keys_areTodaysAndYesterdays() {
        try (TokenNode node = TokenNode.usual()) {
            KeySet today = get(node);
            assertThat(today.keys()).extracting(PageKey::id).containsExactly(20577, 20576);
            assertThat(today.keys())
                    .extracting(PageKey::sealsUntil)
                    .containsExactly(Instant.parse("2026-05-05T00:00:00Z"), Instant.parse("2026-05-04T00:00:00Z"));
            node.now = Instant.parse("2026-05-04T23:59:59.999Z");
            assertThat(get(node)).isEqualTo(today);
            node.now = Instant.parse("2026-05-05T00:00:00Z");
            assertThat(get(node).keys().get(1))
                    .as("still opens")
                    .isEqualTo(today.keys().get(0));
            assertThat(get(node).keys().get(0)).isNotIn(today.keys());
        }
    }

    @Test
    void keys_areOneToADayAndNoneOfThoseThatSealKeys() {
        Bytes master = Bytes.of(Base64.getDecoder().decode(TokenNode.MASTER_KEY));
        try (TokenNode node = TokenNode.usual()) {
            assertThat(get(node).keys())
                    .extracting(PageKey::key)
                    .doesNotHaveDuplicates()
                    .allSatisfy(key -> assertThat(key.value().length()).isEqualTo(32))
                    .doesNotContainAnyElementsOf(Stream.of(
                                    master,
                                    Hkdf.derive(master, "gatehouse key sealing v1"),
                                    Hkdf.derive(master, "gatehouse key derivation v1"))
                            .map(Secret::new)
                            .toList());
        }
    }

    private static KeySet get(TokenNode node) {
        return node.ask(new PageKeys.Get());
    }
}
