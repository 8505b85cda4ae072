package io.gatehouse.common.crypto;

/** HKDF-SHA256 (RFC 5869) for one output block: enough for a 256-bit key. */
public final class Hkdf {
    private static final Hmac WITHOUT_SALT = new Hmac(Bytes.owned(new byte[32]));
    private static final Bytes FIRST_BLOCK = Bytes.owned(new byte[] {1});

    private Hkdf() {}

    /**
     * @param secret the input keying material
     * @param label what the key is for: one label, one use
     * @return 32 bytes
     */
    public static Bytes derive(Bytes secret, String label) {
        Bytes extracted = WITHOUT_SALT.of(secret);
        return Hmac.once(extracted, Bytes.utf8(label), FIRST_BLOCK);
    }
}
