package io.gatehouse.common.codec;

/** Bytes that are not a record of the expected type. */
public final class MalformedRecord extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedRecord(String message) {
        super(message);
    }
}
