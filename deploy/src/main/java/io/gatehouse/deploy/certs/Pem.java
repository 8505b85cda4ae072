package io.gatehouse.deploy.certs;

import io.gatehouse.common.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Set;

/** Files with one block of PEM (RFC 7468), for their owner only. Blocking. */
public final class Pem {
    public static final String CERTIFICATE = "CERTIFICATE";
    public static final String PRIVATE_KEY = "PRIVATE KEY";

    private Pem() {}

    /** Whole or not at all, and never readable by others, not even for a moment. */
    static void write(Path file, String kind, byte[] der) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String text = begin(kind) + "\n" + lines + "\n" + end(kind) + "\n";
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(draft))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The first block of a kind.
     *
     * @throws IOException without any of what is in the file
     */
    public static byte[] read(Path file, String kind) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int from = text.indexOf(begin(kind));
        int to = text.indexOf(end(kind));
        if (from < 0 || to < from) {
            throw new IOException(file + " holds no " + kind + " in PEM");
        }
        try {
            return Base64.getMimeDecoder()
                    .decode(text.substring(from + begin(kind).length(), to));
        } catch (IllegalArgumentException malformed) {
            throw new IOException(file + " holds no whole " + kind + " in PEM");
        }
    }

    private static String begin(String kind) {
        return "-----BEGIN " + kind + "-----";
    }

    private static String end(String kind) {
        return "-----END " + kind + "-----";
    }
}
