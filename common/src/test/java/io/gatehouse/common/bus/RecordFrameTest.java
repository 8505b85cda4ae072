package io.gatehouse.common.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.common.bus.RecordMessageCodec.Unreadable;
import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Clients;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFrameTest {
    private static final Clients.Find FIND = new Clients.Find("main", "demo");
    private static final byte[] BODY = {2, 6, 4, 'm', 'a', 'i', 'n', 6, 4, 'd', 'e', 'm', 'o'};

    @Test
    void writesVersionNameAuthenticationAndBody() {
        assertThat(wire(FIND)).isEqualTo(message(1, "Clients.Find", new byte[0], BODY.length, BODY));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 65_535})
    void passesOverTheAuthenticationBlock(int length) {
        assertThat(read(message(1, "Clients.Find", new byte[length], BODY.length, BODY)))
                .isEqualTo(FIND);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void anotherVersionIsRefused(int version) {
        assertRefused(message(version, "Clients.Find", new byte[0], BODY.length, BODY));
    }

    /** Records of ours that are no messages, foreign classes, other spellings. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "Clients.Lost", "Ticket", "ClientStatement", "java.lang.Runtime", "clients.find", "Find"})
    void anotherNameIsRefused(String name) {
        assertRefused(message(1, name, new byte[0], BODY.length, BODY));
    }

    @Test
    void bytesBehindTheMessageAreRefused() {
        assertRefused(wire(FIND).appendByte((byte) 0));
        assertRefused(message(1, "Clients.Find", new byte[0], BODY.length - 1, BODY));
    }

    @Test
    void bytesBehindTheRecordAreRefused() {
        byte[] longer = Bytes.of(BODY).plus(Bytes.of(new byte[1])).toArray();

        assertRefused(message(1, "Clients.Find", new byte[0], longer.length, longer));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 14, 1 << 30, Integer.MAX_VALUE})
    void aLengthThatIsNotTrueIsRefused(int length) {
        assertRefused(message(1, "Clients.Find", new byte[0], length, BODY));
    }

    @Test
    void everyTruncationIsRefused() {
        Buffer whole = wire(FIND);
        for (int length = 0; length < whole.length(); length++) {
            assertRefused(whole.getBuffer(0, length));
        }
    }

    static Iterable<GoldenBytesTest.Sample> samples() {
        return GoldenBytesTest.samples();
    }

    /** Whatever a hostile or broken peer sends is a message, or refused in the one way. */
    @ParameterizedTest
    @MethodSource("samples")
    void changedBytesAreAMessageOrRefused(GoldenBytesTest.Sample sample) {
        long seed = Long.getLong("gatehouse.seed", sample.name().hashCode());
        Random random = new Random(seed);
        byte[] valid = sample.bytes();
        for (int round = 0; round < 1_000; round++) {
            byte[] changed = valid.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Buffer cut = Buffer.buffer(changed).getBuffer(0, valid.length - random.nextInt(2) * random.nextInt(9));
            assertThat(outcome(cut))
                    .as("-Dgatehouse.seed=%d, round %d", seed, round)
                    .isNotNull();
        }
    }

    private static Record read(Buffer frame) {
        return RecordFrame.read(Bytes.owned(frame.getBytes()));
    }

    private static Record outcome(Buffer frame) {
        try {
            return read(frame);
        } catch (MalformedRecord refused) {
            return new Unreadable(refused.getMessage());
        }
    }

    private static Buffer wire(Record message) {
        return Buffer.buffer(RecordFrame.write(message).toArray());
    }

    private static void assertRefused(Buffer frame) {
        assertThatExceptionOfType(MalformedRecord.class).isThrownBy(() -> read(frame));
    }

    private static Buffer message(int version, String name, byte[] authentication, int length, byte[] body) {
        return Buffer.buffer()
                .appendByte((byte) version)
                .appendByte((byte) name.length())
                .appendBytes(name.getBytes(StandardCharsets.US_ASCII))
                .appendUnsignedShort(authentication.length)
                .appendBytes(authentication)
                .appendInt(length)
                .appendBytes(body);
    }
}
