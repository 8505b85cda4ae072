package io.gatehouse.common.model;

/** The JWS algorithms that the tokens of a {@link JwtApp} may be signed with (RFC 7518, section 3.1). */
public enum JwtAlgorithm {
    HS256(Kind.HMAC, 256),
    HS384(Kind.HMAC, 384),
    HS512(Kind.HMAC, 512),
    RS256(Kind.RSA, 256),
    RS384(Kind.RSA, 384),
    RS512(Kind.RSA, 512),
    ES256(Kind.EC, 256),
    ES384(Kind.EC, 384),
    ES512(Kind.EC, 512);

    /** Of the key. */
    public enum Kind {
        HMAC,
        RSA,
        EC
    }

    private final Kind kind;
    private final int hashBits;

    JwtAlgorithm(Kind kind, int hashBits) {
        this.kind = kind;
        this.hashBits = hashBits;
    }

    public Kind kind() {
        return kind;
    }

    /** Of the hash; an HMAC key is no shorter (RFC 7518, section 3.2). */
    public int hashBits() {
        return hashBits;
    }

    /** Whether others check it with a key that can be published. */
    public boolean isAsymmetric() {
        return kind != Kind.HMAC;
    }
}
