package io.gatehouse.common.x509;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** As much of DER (X.690) as a certificate takes. */
public final class Der {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    public static byte[] tagged(int tag, byte[]... parts) {
        byte[] content = joined(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int skip = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - skip));
            out.write(length, skip, length.length - skip);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    public static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    public static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    public static byte[] octets(byte[] value) {
        return tagged(0x04, value);
    }

    public static byte[] bits(byte[] value) {
        return tagged(0x03, new byte[1], value);
    }

    public static byte[] bool() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    public static byte[] time(Instant time) {
        return tagged(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    public static byte[] oid(String text) {
        String[] arcs = text.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]);
            for (int shift = 56; shift > 0; shift -= 7) {
                if (arc >> shift != 0) {
                    out.write((int) (((arc >> shift) & 0x7f) | 0x80));
                }
            }
            out.write((int) (arc & 0x7f));
        }
        return tagged(0x06, out.toByteArray());
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
