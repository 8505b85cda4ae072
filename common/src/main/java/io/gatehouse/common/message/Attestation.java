package io.gatehouse.common.message;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;

/**
 * A statement and the proof that the store or the token role made it.
 *
 * @param body the record, encoded
 * @param mac over purpose and body
 */
public record Attestation(Bytes body, Bytes mac) {
    /** The statement as the carrier reads it. Only {@link Attestor#verify} makes it count. */
    public <T extends Record> T read(Class<T> type) {
        return RecordCodec.decode(body, type);
    }
}
