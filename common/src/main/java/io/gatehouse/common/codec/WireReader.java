package io.gatehouse.common.codec;

import io.gatehouse.common.crypto.Bytes;

/**
 * Reads what {@link WireWriter} wrote, and nothing that it would have written otherwise; every step is checked against
 * the end.
 */
final class WireReader {
    private static final char REPLACEMENT = '\uFFFD';

    private final Bytes source;
    private int position;
    private int end;

    WireReader(Bytes source) {
        this.source = source;
        this.end = source.length();
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                boolean overlong = next == 0 && shift > 0;
                boolean overflows = next > 1 && shift == 63;
                if (overlong || overflows) {
                    break;
                }
                return value;
            }
        }
        throw new MalformedRecord("a number has more than 64 bits, or more bytes than it needs");
    }

    long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    Bytes bytes() {
        int count = count();
        position += count;
        return source.slice(position - count, position);
    }

    String text() {
        int count = count();
        int start = position;
        position += count;
        String text = source.utf8(start, position);
        // either it was written so, or it stands for something that is not UTF-8
        if (text.indexOf(REPLACEMENT) >= 0 && !Bytes.utf8(text).equals(source.slice(start, position))) {
            throw new MalformedRecord("a text is not UTF-8");
        }
        return text;
    }

    /** A length that the rest can hold: a hostile one must not make us allocate. */
    int count() {
        long count = varint();
        if (count < 0 || count > end - position) {
            throw new MalformedRecord("a length goes past the end");
        }
        return (int) count;
    }

    boolean atEnd() {
        return position == end;
    }

    /**
     * Narrows to the next present value and returns the end to go back to by {@link #leave}, or -1 where the value is
     * absent.
     */
    int enter() {
        long size = varint();
        if (size == 0) {
            return -1;
        }
        if (size < 0 || size - 1 > end - position) {
            throw new MalformedRecord("a component goes past the end");
        }
        int outer = end;
        end = position + (int) (size - 1);
        return outer;
    }

    void leave(int outer) {
        if (!atEnd()) {
            throw new MalformedRecord("a component has bytes left over");
        }
        end = outer;
    }

    /** Passes over a value of a form that is not known here, or over an absent one. */
    void skip() {
        int outer = enter();
        if (outer >= 0) {
            position = end;
            end = outer;
        }
    }

    private byte next() {
        if (position >= end) {
            throw new MalformedRecord("the record ends early");
        }
        return source.at(position++);
    }
}
