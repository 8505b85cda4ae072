package io.gatehouse.common.crypto;

import java.util.HexFormat;

/** Test vectors are printed in hexadecimal. */
final class Hex {
    private Hex() {}

    static Bytes bytes(String hex) {
        return Bytes.owned(HexFormat.of().parseHex(hex));
    }

    static String of(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
