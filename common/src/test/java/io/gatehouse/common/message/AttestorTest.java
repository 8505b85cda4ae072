package io.gatehouse.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Ticket;
import org.junit.jupiter.api.Test;

class AttestorTest {
    private final Bytes key = Entropy.bytes(32);
    private final Attestor attestor = new Attestor(key);
    private final Ticket ticket = Samples.of(Ticket.class);
    private final Attestation attestation = attestor.attest(ticket);

    @Test
    void verifiesWhatItAttested() {
        assertThat(attestor.verify(attestation, Ticket.class)).isEqualTo(ticket);
    }

    @Test
    void verifiesWhatAnotherPartAttestedUnderTheSameKey() {
        assertThat(new Attestor(key).verify(attestation, Ticket.class)).isEqualTo(ticket);
    }

    /** The gateway reads what it carries; its word on it counts nothing. */
    @Test
    void theCarrierReadsTheStatement() {
        assertThat(attestation.read(Ticket.class)).isEqualTo(ticket);
    }

    @Test
    void anotherKeyIsRefused() {
        assertThat(new Attestor(Entropy.bytes(32)).verify(attestation, Ticket.class))
                .isNull();
    }

    @Test
    void aChangedBitInTheBodyIsRefused() {
        for (int i = 0; i < attestation.body().length(); i++) {
            Attestation forged = new Attestation(flipped(attestation.body(), i), attestation.mac());

            assertThat(attestor.verify(forged, Ticket.class)).as("byte %d", i).isNull();
        }
    }

    @Test
    void aChangedBitInTheMacIsRefused() {
        for (int i = 0; i < attestation.mac().length(); i++) {
            Attestation forged = new Attestation(attestation.body(), flipped(attestation.mac(), i));

            assertThat(attestor.verify(forged, Ticket.class)).as("byte %d", i).isNull();
        }
    }

    @Test
    void aMacOfAnotherLengthIsRefused() {
        Bytes mac = attestation.mac();

        assertThat(attestor.verify(new Attestation(attestation.body(), Bytes.EMPTY), Ticket.class))
                .isNull();
        assertThat(attestor.verify(new Attestation(attestation.body(), mac.slice(0, 31)), Ticket.class))
                .isNull();
        assertThat(attestor.verify(new Attestation(attestation.body(), mac.plus(mac)), Ticket.class))
                .isNull();
    }

    @Test
    void aClientsRecordCannotPassAsATicket() {
        Attestation client = attestor.attest(Samples.of(ClientStatement.class));

        assertThat(attestor.verify(client, ClientStatement.class)).isNotNull();
        assertThat(attestor.verify(client, Ticket.class)).isNull();
        assertThat(attestor.verify(client, Client.class)).isNull();
        assertThat(attestor.verify(attestation, ClientStatement.class)).isNull();
    }

    public record Claim(String subject) {}

    public record Claims(String subject) {}

    /** Neither by the same bytes under another name, nor by moving bytes between name and body. */
    @Test
    void theTypeIsAuthenticatedApartFromTheBody() {
        Attestation claim = attestor.attest(new Claim("a"));

        assertThat(RecordCodec.encode(new Claims("a"))).isEqualTo(claim.body());
        assertThat(attestor.verify(claim, Claims.class)).isNull();
        assertThat(attestor.verify(new Attestation(Bytes.utf8("s").plus(claim.body()), claim.mac()), Claim.class))
                .isNull();
    }

    /** Rightly attested by a build whose statement this one can't read. */
    @Test
    void aStatementThatThisBuildCannotReadIsRefused() {
        Attestation foreign = new Attestor(key).attest(new Holder.Claim(7, 8));

        assertThat(attestor.verify(foreign, Claim.class)).isNull();
    }

    static final class Holder {
        /** Named as the other one. */
        public record Claim(int first, int second) {}
    }

    /** A message that breaks the check of one statement must not bend the next one on the same thread. */
    @Test
    void aBrokenAttestationLeavesNothingForTheNext() {
        try {
            attestor.verify(new Attestation(null, attestation.mac()), ClientStatement.class);
        } catch (NullPointerException expected) {
            // such a message is refused by the codec already
        }
        assertThat(attestor.attest(ticket)).isEqualTo(attestation);
        assertThat(attestor.verify(attestation, Ticket.class)).isEqualTo(ticket);
    }

    private static Bytes flipped(Bytes bytes, int index) {
        byte[] changed = bytes.toArray();
        changed[index] ^= 1;
        return Bytes.owned(changed);
    }
}
