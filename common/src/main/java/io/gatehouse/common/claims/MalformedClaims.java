package io.gatehouse.common.claims;

import java.io.Serial;

/** An expression that can't be read. */
public final class MalformedClaims extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param position of the character where it goes wrong, from 1
     * @param reason the rest of a sentence about that place
     */
    MalformedClaims(int position, String reason) {
        super("character " + position + ": " + reason);
    }

    /** Where, and what is wrong there. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
