package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HkdfTest {
    /** RFC 5869, A.3, the one vector without salt: 32 bytes are its first block. */
    @Test
    void derivesTheFirstBlockOfRfc5869() {
        Bytes secret = Hex.bytes("0b".repeat(22));

        assertThat(Hex.of(Hkdf.derive(secret, "")))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    /** By the formulas of RFC 5869, section 2, written out. */
    @Test
    void putsTheLabelInFrontOfTheBlockNumber() {
        Bytes secret = Bytes.utf8("input keying material");
        Bytes extracted = new Hmac(Bytes.of(new byte[32])).of(secret);

        assertThat(Hkdf.derive(secret, "a label"))
                .isEqualTo(new Hmac(extracted).of(Bytes.utf8("a label"), Bytes.of(new byte[] {1})));
    }

    @Test
    void aLabelOrASecretOfItsOwnGivesAKeyOfItsOwn() {
        Bytes secret = Entropy.bytes(32);

        assertThat(Hkdf.derive(secret, "one")).isEqualTo(Hkdf.derive(secret, "one"));
        assertThat(Hkdf.derive(secret, "one")).isNotEqualTo(Hkdf.derive(secret, "two"));
        assertThat(Hkdf.derive(secret, "one")).isNotEqualTo(Hkdf.derive(Entropy.bytes(32), "one"));
    }
}
