package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HmacTest {
    record Vector(String section, String key, String data, String mac) {}

    /** RFC 4231, without 4.6, which is about truncation. */
    static List<Vector> rfc4231() {
        return List.of(
                new Vector(
                        "4.2",
                        "0b".repeat(20),
                        "4869205468657265",
                        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
                new Vector(
                        "4.3",
                        "4a656665",
                        "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
                new Vector(
                        "4.4",
                        "aa".repeat(20),
                        "dd".repeat(50),
                        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
                new Vector(
                        "4.5",
                        "0102030405060708090a0b0c0d0e0f10111213141516171819",
                        "cd".repeat(50),
                        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
                new Vector(
                        "4.7",
                        "aa".repeat(131),
                        "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
                        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }

    @ParameterizedTest
    @MethodSource("rfc4231")
    void givesTheMacOfRfc4231(Vector vector) {
        Bytes key = Hex.bytes(vector.key());
        Bytes data = Hex.bytes(vector.data());

        assertThat(Hex.of(new Hmac(key).of(data))).isEqualTo(vector.mac());
        assertThat(Hex.of(Hmac.once(key, data))).isEqualTo(vector.mac());
    }

    @Test
    void partsCountAsIfJoined() {
        Hmac hmac = new Hmac(Bytes.utf8("key"));

        assertThat(hmac.of(Bytes.utf8("ab"), Bytes.EMPTY, Bytes.utf8("c"))).isEqualTo(hmac.of(Bytes.utf8("abc")));
        assertThat(hmac.of()).isEqualTo(hmac.of(Bytes.EMPTY));
    }

    /** Else a message that makes one call fail would choose a prefix for the next. */
    @Test
    void aCallThatFailedLeavesNothingForTheNext() {
        Hmac hmac = new Hmac(Bytes.utf8("key"));
        Bytes expected = hmac.of(Bytes.utf8("abc"));

        assertThatThrownBy(() -> hmac.of(Bytes.utf8("prefix"), null)).isInstanceOf(NullPointerException.class);

        assertThat(hmac.of(Bytes.utf8("abc"))).isEqualTo(expected);
    }

    @Test
    void manyThreadsShareOneKey() throws Exception {
        Hmac hmac = new Hmac(Bytes.utf8("key"));
        List<Bytes> texts =
                IntStream.range(0, 500).mapToObj(i -> Bytes.utf8("text " + i)).toList();
        List<Bytes> expected = texts.stream().map(hmac::of).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<Bytes>>> results = IntStream.range(0, 8)
                    .mapToObj(i ->
                            threads.submit(() -> texts.stream().map(hmac::of).toList()))
                    .toList();
            for (Future<List<Bytes>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }
}
