package io.gatehouse.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * Finds the last whole commit after a power failure. A disk may keep any part of what was not forced yet; MVStore trusts
 * the header and the ends of a chunk (one commit's pages), so it can take a torn chunk for a commit, or be content with
 * an old state. Here each chunk carries a checksum of its content, in the unused part of its footer where MVStore does
 * not look, and a file that was not closed is searched as a whole.
 */
final class CheckedFileStore extends SingleFileStore {
    private static final int BLOCK_BYTES = 4096;
    private static final int FOOTER_BYTES = 128;
    private static final Pattern FOOTER = Pattern.compile(
            "\\s*chunk:[0-9a-f]+,len:([0-9a-f]+),version:[0-9a-f]+,fletcher:[0-9a-f]+(?:,sum:([0-9a-f]{8}))?\\s*");

    /** By the footer's position; null: this is not the time to look. */
    private @Nullable Map<Long, Boolean> whole;

    CheckedFileStore(int pageBytes, int cacheMegabytes) {
        super(Map.of("pageSplitSize", pageBytes, "cacheSize", cacheMegabytes));
    }

    @Override
    protected void writeFully(@Nullable SFChunk chunk, long position, ByteBuffer source) {
        if (chunk != null) {
            seal(source);
        }
        super.writeFully(chunk, position, source);
    }

    /** Puts the checksum where the footer has blanks. */
    private static void seal(ByteBuffer chunk) {
        int blanks = chunk.limit() - FOOTER_BYTES;
        String sum = ",sum:" + sum(chunk.slice(0, blanks));
        while (chunk.get(blanks) != ' ') {
            blanks++;
        }
        chunk.put(blanks, sum.getBytes(StandardCharsets.US_ASCII));
    }

    private static String sum(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    @Override
    protected void readStoreHeader(boolean recoveryMode) {
        whole = new HashMap<>();
        super.readStoreHeader(recoveryMode || !wasClosed());
        whole = null;
    }

    private boolean wasClosed() {
        String header = text(read(0, BLOCK_BYTES));
        return header.contains(",clean:1,");
    }

    /** A footer of a chunk that is not whole is none. */
    @Override
    public ByteBuffer readFully(@Nullable SFChunk chunk, long position, int length) {
        ByteBuffer bytes = super.readFully(chunk, position, length);
        boolean torn = whole != null
                && chunk == null
                && length == FOOTER_BYTES
                && !whole.computeIfAbsent(position, at -> isWhole(text(bytes), at));
        return torn ? ByteBuffer.allocate(FOOTER_BYTES) : bytes;
    }

    private boolean isWhole(String footer, long position) {
        Matcher fields = FOOTER.matcher(footer);
        if (!fields.matches()) {
            return false;
        }
        long size = Long.parseLong(fields.group(1), 16) * BLOCK_BYTES - FOOTER_BYTES;
        long start = position - size;
        return start >= 0
                && size < Integer.MAX_VALUE
                && sum(read(start, (int) size)).equals(fields.group(2));
    }

    private ByteBuffer read(long position, int length) {
        return super.readFully((SFChunk) null, position, length);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
}
