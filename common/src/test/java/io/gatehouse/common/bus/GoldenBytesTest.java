package io.gatehouse.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.AssertionStatement;
import io.gatehouse.common.message.ClientAuthentication;
import io.gatehouse.common.message.ClientDraft;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.JwtAppStatement;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.message.Samples;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.model.Ticket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a node of an older build wrote, this one reads: one sample of every message and of every attested statement is
 * kept as bytes. {@code -Dgatehouse.golden.write=true} adds the lines of new messages; it never changes one.
 */
class GoldenBytesTest {
    private static final GoldenFile GOLDEN = GoldenFile.read();

    /** @param name in the file; {@code #1} behind it where a second alternative stands inside */
    record Sample(String name, Record value, boolean isMessage) {
        byte[] bytes() {
            return (isMessage ? RecordFrame.write(value) : RecordCodec.encode(value)).toArray();
        }

        Record read(byte[] bytes) {
            return isMessage
                    ? RecordFrame.read(Bytes.of(bytes))
                    : RecordCodec.decode(Bytes.of(bytes), value.getClass());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (Class<? extends Record> type : MessageTypes.all()) {
            addAlternatives(type, MessageTypes.nameOf(type), true, samples);
        }
        addAlternatives(Ticket.class, "Ticket", false, samples);
        addAlternatives(ClientStatement.class, "ClientStatement", false, samples);
        addAlternatives(ClientJwtStatement.class, "ClientJwtStatement", false, samples);
        addAlternatives(AssertionStatement.class, "AssertionStatement", false, samples);
        addAlternatives(JwtAppStatement.class, "JwtAppStatement", false, samples);
        addAlternatives(ProfileStatement.class, "ProfileStatement", false, samples);
        addAlternatives(LogoutStatement.class, "LogoutStatement", false, samples);
        addAlternatives(ClientAuthentication.class, "ClientAuthentication", false, samples);
        addAlternatives(SessionStatement.class, "SessionStatement", false, samples);
        addAlternatives(ClientDraft.class, "ClientDraft", false, samples);
        return samples;
    }

    private static void addAlternatives(
            Class<? extends Record> type, String name, boolean isMessage, List<Sample> samples) {
        Record last = Samples.of(type);
        samples.add(new Sample(name, last, isMessage));
        for (int i = 1; !Samples.of(type, i).equals(last); i++) {
            last = Samples.of(type, i);
            samples.add(new Sample(name + "#" + i, last, isMessage));
        }
    }

    @BeforeAll
    static void addNewLines() {
        samples().stream()
                .filter(sample ->
                        GoldenFile.WRITES && GOLDEN.bytes(sample.name()).isEmpty())
                .forEach(sample -> GOLDEN.add(sample.name(), sample.bytes()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isStillWrittenInTheSameBytes(Sample sample) {
        List<byte[]> lines = GOLDEN.bytes(sample.name());
        assertThat(lines)
                .as("golden bytes of %s; for a new message run once with -Dgatehouse.golden.write=true", sample)
                .isNotEmpty();
        assertThat(lines.get(lines.size() - 1))
                .as(
                        "the bytes of %s; where components were added at the end, keep its line and add below:%n%s",
                        sample, GoldenFile.line(sample.name(), sample.bytes()))
                .isEqualTo(sample.bytes());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void oldBytesAreStillReadable(Sample sample) {
        List<Record> read =
                GOLDEN.bytes(sample.name()).stream().map(sample::read).toList();

        assertThat(read).hasOnlyElementsOfType(sample.value().getClass()).endsWith(sample.value());
    }

    /** A message of an older build that was taken out would be refused. */
    @Test
    void noMessageWasRemoved() {
        Set<String> known = samples().stream().map(Sample::name).collect(Collectors.toSet());

        assertThat(known).containsAll(GOLDEN.names());
    }

    /** Else two components that were swapped would go unnoticed. */
    @Test
    void samplesDifferFromComponentToComponent() {
        Ticket ticket = Samples.of(Ticket.class);
        List<Object> texts = Stream.of(ticket.tenant(), ticket.clientId(), ticket.subject(), ticket.confirmation())
                .collect(Collectors.toList());

        assertThat(new HashSet<>(texts)).hasSameSizeAs(texts);
        assertThat(Arrays.asList(ticket.authTime(), ticket.expiresAt(), ticket.grantExpiresAt()))
                .doesNotHaveDuplicates();
    }
}
