package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import org.jspecify.annotations.Nullable;

/**
 * What a browser's session cookie holds: the session's id and a secret that every login replaces; 18 and 32 bytes, base64url.
 */
public final class SessionToken {
    private static final int SECRET_BYTES = 32;
    private static final int LENGTH = SessionId.LENGTH + SECRET_BYTES;
    private static final int TEXT_LENGTH = 67;

    private final SessionId id;
    private final Bytes secret;

    private SessionToken(SessionId id, Bytes secret) {
        this.id = id;
        this.secret = secret;
    }

    /** A secret for a session whose id is not known yet. */
    static Bytes freshSecret() {
        return Entropy.bytes(SECRET_BYTES);
    }

    static SessionToken of(SessionId id, Bytes secret) {
        return new SessionToken(id, secret);
    }

    /** Null where {@code text} has not the form of one. */
    public static @Nullable SessionToken parse(String text) {
        Bytes bytes = text.length() == TEXT_LENGTH ? Base64Url.decode(text) : null;
        if (bytes == null || bytes.length() != LENGTH) {
            return null;
        }
        return new SessionToken(new SessionId(bytes.slice(0, SessionId.LENGTH)), bytes.slice(SessionId.LENGTH, LENGTH));
    }

    /** What of it may leave the gateway. */
    public SessionProof proof() {
        return new SessionProof(id, Digest.of(secret));
    }

    public String sid() {
        return id.sid();
    }

    /** The cookie's value. */
    public Secret encode() {
        return Secret.of(id.value().plus(secret).base64Url());
    }
}
