package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import java.nio.ByteBuffer;

/** What a sealed box is bound to: its place, each part behind its length, so that no two places have the same bytes. */
final class Binding {
    private Binding() {}

    /** @param label of the kind of box and the version of its form */
    static Bytes of(String label, String... parts) {
        Bytes binding = Bytes.utf8(label);
        for (String part : parts) {
            Bytes text = Bytes.utf8(part);
            byte[] length = ByteBuffer.allocate(4).putInt(text.length()).array();
            binding = binding.plus(Bytes.owned(length)).plus(text);
        }
        return binding;
    }
}
