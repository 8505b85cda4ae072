package io.gatehouse.gateway.oauth;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Aead;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.GrantId;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token: the grant's id, a secret that the whole family shares and one that every rotation replaces; 16, 16
 * and 32 bytes, base64url. Only digests of the secrets leave the gateway.
 */
final class RefreshToken {
    private static final int FAMILY_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final int LENGTH = GrantId.LENGTH + FAMILY_BYTES + SECRET_BYTES;
    private static final int TEXT_LENGTH = 86;
    private static final String LABEL = "gatehouse refresh successor v1";

    /** What a sealed successor is bound to; who it belongs to is thereby part of its key. */
    public record Binding(String tenant, String clientId, GrantId grant) {}

    private final GrantId grant;
    private final Bytes family;
    private final Bytes secret;

    private RefreshToken(GrantId grant, Bytes family, Bytes secret) {
        this.grant = grant;
        this.family = family;
        this.secret = secret;
    }

    /** The first of a grant. */
    static RefreshToken first(GrantId grant) {
        return new RefreshToken(grant, Entropy.bytes(FAMILY_BYTES), Entropy.bytes(SECRET_BYTES));
    }

    /** Null where {@code text} has not the form of one. */
    static @Nullable RefreshToken parse(String text) {
        Bytes bytes = text.length() == TEXT_LENGTH ? Base64Url.decode(text) : null;
        if (bytes == null || bytes.length() != LENGTH) {
            return null;
        }
        int secretAt = GrantId.LENGTH + FAMILY_BYTES;
        return new RefreshToken(
                new GrantId(bytes.slice(0, GrantId.LENGTH)),
                bytes.slice(GrantId.LENGTH, secretAt),
                bytes.slice(secretAt, LENGTH));
    }

    /** What a rotation replaces this one by. */
    RefreshToken successor() {
        return withSecret(Entropy.bytes(SECRET_BYTES));
    }

    /** Seals {@code successor}'s secret so that only who holds this token can read it. */
    Bytes seal(RefreshToken successor, String tenant, String clientId) {
        return Aead.seal(Hkdf.derive(secret, LABEL), successor.secret, binding(tenant, clientId));
    }

    /** Null where the box was not sealed for this token. */
    @Nullable
    RefreshToken open(Bytes sealedSuccessor, String tenant, String clientId) {
        Bytes opened = Aead.open(Hkdf.derive(secret, LABEL), sealedSuccessor, binding(tenant, clientId));
        return opened == null ? null : withSecret(opened);
    }

    GrantId grant() {
        return grant;
    }

    Digest familyDigest() {
        return Digest.of(family);
    }

    Digest secretDigest() {
        return Digest.of(secret);
    }

    Secret encode() {
        return Secret.of(grant.value().plus(family).plus(secret).base64Url());
    }

    private RefreshToken withSecret(Bytes other) {
        return new RefreshToken(grant, family, other);
    }

    private Bytes binding(String tenant, String clientId) {
        return RecordCodec.encode(new Binding(tenant, clientId, grant));
    }
}
