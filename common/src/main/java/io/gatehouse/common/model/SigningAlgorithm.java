package io.gatehouse.common.model;

/** The JWS algorithms that tokens are signed with (RFC 7518, RFC 8037). */
public enum SigningAlgorithm {
    ES256("ES256"),
    RS256("RS256"),
    PS256("PS256"),
    EDDSA("EdDSA");

    private final String jwsName;

    SigningAlgorithm(String jwsName) {
        this.jwsName = jwsName;
    }

    /** The {@code alg} of a JWS header. */
    public String jwsName() {
        return jwsName;
    }

    /** RSA signatures take long enough to hold up an event loop. */
    public boolean isSlow() {
        return this == RS256 || this == PS256;
    }

    /** @throws IllegalArgumentException where we do not sign with it */
    public static SigningAlgorithm of(String jwsName) {
        for (SigningAlgorithm algorithm : values()) {
            if (algorithm.jwsName.equals(jwsName)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("unknown signing algorithm");
    }
}
