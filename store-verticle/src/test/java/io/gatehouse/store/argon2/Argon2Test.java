package io.gatehouse.store.argon2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Argon2Function;
import io.gatehouse.store.argon2.Cost.Variant;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Argon2Test {
    /** RFC 7693, appendix A. */
    @Test
    void blake2b_isRight() {
        assertThat(HexFormat.of().formatHex(Blake2b.hash("abc".getBytes(StandardCharsets.US_ASCII), 64)))
                .isEqualTo("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }

    /** From the tests of the reference implementation. */
    @Test
    void hash_isThatOfTheReferenceImplementation() {
        same("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
        same("$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc");
        same("$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY");
    }

    private static void same(String reference) {
        PhcString parsed = PhcString.parse(reference);
        assertThat(hash(
                        parsed.cost(),
                        "password".getBytes(StandardCharsets.US_ASCII),
                        parsed.salt().toArray(),
                        32))
                .as(reference)
                .isEqualTo(parsed.hash().toArray());
    }

    @Test
    void hash_isThatOfAnotherLibraryForAnyParameters() {
        Random random = new Random(9106);
        for (int i = 0; i < 60; i++) {
            int lanes = 1 + random.nextInt(4);
            Cost cost = new Cost(
                    List.of(Variant.values()).get(random.nextInt(3)),
                    random.nextBoolean() ? Cost.CURRENT_VERSION : Cost.FIRST_VERSION,
                    8 * lanes + random.nextInt(900),
                    1 + random.nextInt(4),
                    lanes);
            byte[] password = bytes(random, random.nextInt(300));
            byte[] salt = bytes(random, 8 + random.nextInt(60));
            int length = 4 + random.nextInt(200);
            assertThat(hash(cost, password, salt, length))
                    .as(cost + ", " + length)
                    .isEqualTo(library(cost, length).hash(password, salt).getBytes());
        }
    }

    private static Argon2Function library(Cost cost, int length) {
        com.password4j.types.Argon2 type =
                com.password4j.types.Argon2.valueOf(cost.variant().name());
        return Argon2Function.getInstance(cost.kibibytes(), cost.passes(), cost.lanes(), length, type, cost.version());
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** In memory that another hash has used. */
    private static byte[] hash(Cost cost, byte[] password, byte[] salt, int length) {
        long[] memory = new long[cost.words() + 7];
        Arrays.fill(memory, -1);
        return Argon2.hash(cost, memory, password, salt, length);
    }

    @Test
    void cost_hasBounds() {
        refused(Cost.CURRENT_VERSION, 7, 1, 1);
        refused(Cost.CURRENT_VERSION, Integer.MAX_VALUE, 1, 1);
        refused(Cost.CURRENT_VERSION, 256, 0, 1);
        refused(Cost.CURRENT_VERSION, 256, 65, 1);
        refused(Cost.CURRENT_VERSION, 256, 1, 0);
        refused(Cost.CURRENT_VERSION, 4096, 1, 65);
        refused(0x11, 256, 1, 1);
    }

    private static void refused(int version, int kibibytes, int passes, int lanes) {
        assertThatThrownBy(() -> new Cost(Variant.ID, version, kibibytes, passes, lanes))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
