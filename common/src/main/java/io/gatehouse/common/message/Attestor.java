package io.gatehouse.common.message;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.crypto.Hmac;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks attestations under a key that the store and the token role share and a gateway never sees. The type
 * of the statement is part of what is authenticated, so that a client's record can't pass as a ticket.
 */
public final class Attestor {
    private static final Bytes SEPARATOR = Bytes.of(new byte[1]);

    private final Hmac hmac;

    /** @param key 32 bytes */
    public Attestor(Bytes key) {
        this.hmac = new Hmac(Hkdf.derive(key, "gatehouse attestation v1"));
    }

    public Attestation attest(Record statement) {
        Bytes body = RecordCodec.encode(statement);
        return new Attestation(body, mac(statement.getClass(), body));
    }

    /** Null where the attestation is forged, or of another type. Whether it is still fresh is the caller's question. */
    public <T extends Record> @Nullable T verify(Attestation attestation, Class<T> type) {
        if (!mac(type, attestation.body()).equals(attestation.mac())) {
            return null;
        }
        try {
            return RecordCodec.decode(attestation.body(), type);
        } catch (MalformedRecord otherBuild) {
            return null;
        }
    }

    private Bytes mac(Class<?> type, Bytes body) {
        return hmac.of(Bytes.utf8(type.getSimpleName()), SEPARATOR, body);
    }
}
