package io.gatehouse.common.bus.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a process of an older build showed and sealed, this one reads: these keys and bytes never change. */
class SealGoldenTest {
    private static final String AGREEMENT_A =
            "302e020100300506032b656e042204208fd171e8087f0f0983202e255b7b3255dac67ff7e1e6504eb298b1d230a17f30";
    private static final String AGREEMENT_A_PUBLIC =
            "302a300506032b656e032100119ace8141a2dd14bdb3f51d35de9ece518359e9977bd94b9edf50f3c47ea975";
    private static final String AGREEMENT_B =
            "302e020100300506032b656e042204208d8271d09a0194ec21208de6ae5d88faf64c71612e6714c8abcd49bcc98a551b";
    private static final String AGREEMENT_B_PUBLIC =
            "302a300506032b656e032100d4dade79c855d85bc97decd44ca8c07a940a6c807d542dadc2bdc7afb4810f39";
    private static final String SIGNING =
            "3041020100301306072a8648ce3d020106082a8648ce3d03010704273025020101042014e0bf6e11a9c041707a77dfde4e2f"
                    + "6888c1a6d7f540734d0483b1ccaa4c1734";
    private static final String SIGNING_PUBLIC =
            "3059301306072a8648ce3d020106082a8648ce3d0301070342000480227843e241d36919d79f5406d185b616b4f9cb7c849e"
                    + "6708585b61b74bdbe9f6f66ed1f5d3f5d4a78114f88da981f076591338366627a7ca893d34c86f2f9f";

    private static final String HELLO =
            "050503612d312e2c302a300506032b656e032100119ace8141a2dd14bdb3f51d35de9ece518359e9977bd94b9edf50f3c47e"
                    + "a9755d5b3059301306072a8648ce3d020106082a8648ce3d0301070342000480227843e241d36919d79f5406d185b616b4f9"
                    + "cb7c849e6708585b61b74bdbe9f6f66ed1f5d3f5d4a78114f88da981f076591338366627a7ca893d34c86f2f9f0780c49fd5"
                    + "0c000e010b6365727469666963617465";
    private static final String ENVELOPE =
            "010003612d31000000000000000100000000000000000000001f5a65a380dbd9b4ed5755ca0c50a10a87333f46c1a6fd293f"
                    + "4452d25afedbd1";
    private static final String EVENT =
            "010303612d31000000000000000100000000000000000000004fd8b6715888d3a669501666892c9f9ba5a44b27b8ad994728"
                    + "3bb1b4ba3b4e815f942f215fc69ae1c69d446b7ec64178b92a90a6696e8b0eaace57bafb7224cb020000018bcfe56800636f"
                    + "6e74656e74";

    private static final String ADDRESS = "gatehouse.v1.store.health.b-1";
    private static final Content CONTENT = new Content(1_700_000_000_000L, Bytes.utf8("content"));

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static KeyPair pair(String algorithm, String open, String secret) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(algorithm);
        PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(hex(open)));
        PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(hex(secret)));
        return new KeyPair(publicKey, privateKey);
    }

    private static Identity identity(String node, String open, String secret) throws GeneralSecurityException {
        KeyPair signing = pair("EC", SIGNING_PUBLIC, SIGNING);
        return Identity.of(
                node,
                pair("X25519", open, secret),
                signing,
                List.of(Bytes.utf8("certificate")),
                signing.getPrivate(),
                Instant.ofEpochSecond(1_700_000_000));
    }

    private static Session atA() throws GeneralSecurityException {
        return Session.between(
                identity("a-1", AGREEMENT_A_PUBLIC, AGREEMENT_A),
                peer(identity("b-1", AGREEMENT_B_PUBLIC, AGREEMENT_B)));
    }

    private static Session atB() throws GeneralSecurityException {
        return Session.between(
                identity("b-1", AGREEMENT_B_PUBLIC, AGREEMENT_B),
                peer(identity("a-1", AGREEMENT_A_PUBLIC, AGREEMENT_A)));
    }

    private static Peer peer(Identity other) throws GeneralSecurityException {
        return Peer.of(other.hello(), Set.of(Part.GATEWAY), Instant.MAX);
    }

    private static String write(Envelope envelope) {
        Buffer out = Buffer.buffer();
        envelope.write(out);
        return HexFormat.of().formatHex(out.getBytes());
    }

    private static Envelope read(String wire) {
        return Envelope.read(0, Buffer.buffer(hex(wire)));
    }

    @Test
    void aHelloIsReadAndWrittenAsBefore() throws GeneralSecurityException {
        Hello own = identity("a-1", AGREEMENT_A_PUBLIC, AGREEMENT_A).hello().read();
        assertThat(HexFormat.of().formatHex(RecordCodec.encode(own).toArray())).isEqualTo(HELLO);
        assertThat(RecordCodec.decode(Bytes.of(hex(HELLO)), Hello.class)).isEqualTo(own);
    }

    @Test
    void anEnvelopeIsSealedAndOpenedAsBefore() throws GeneralSecurityException {
        assertThat(write(atA().seal(Envelope.Kind.REQUEST, ADDRESS, 0, CONTENT)))
                .isEqualTo(ENVELOPE);
        assertThat(atB().open(read(ENVELOPE), ADDRESS)).isEqualTo(CONTENT);
    }

    @Test
    void anEventIsOpenedAsBefore() throws GeneralSecurityException {
        assertThat(atB().openEvent(read(EVENT))).isEqualTo(CONTENT);
        assertThat(write(read(EVENT))).isEqualTo(EVENT);
    }

    @Test
    void everyTruncationAndAddedByteIsRefused() {
        byte[] whole = hex(ENVELOPE);
        for (int length = 0; length < whole.length; length++) {
            Buffer cut = Buffer.buffer(whole).getBuffer(0, length);
            assertThatThrownBy(() -> Envelope.read(0, cut)).isInstanceOf(MalformedRecord.class);
        }
        Buffer longer = Buffer.buffer(whole).appendByte((byte) 0);
        assertThatThrownBy(() -> Envelope.read(0, longer)).isInstanceOf(MalformedRecord.class);
    }

    @Test
    void anotherVersionOrKindIsRefused() {
        for (int at = 0; at < 3; at++) {
            byte[] other = hex(ENVELOPE);
            other[at] = (byte) 0x99;
            Buffer changed = Buffer.buffer(other);
            assertThatThrownBy(() -> Envelope.read(0, changed)).isInstanceOf(MalformedRecord.class);
        }
    }

    @Test
    void itIsReadFromTheMiddleOfABuffer() {
        Buffer frame = Buffer.buffer("something before").appendBytes(hex(ENVELOPE));
        assertThat(Envelope.read(16, frame)).isEqualTo(read(ENVELOPE));
    }
}
