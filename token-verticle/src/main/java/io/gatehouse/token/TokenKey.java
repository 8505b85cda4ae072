package io.gatehouse.token;

import org.jspecify.annotations.Nullable;

/** What signs tokens of every {@link TokenType}. */
interface TokenKey extends JwsKey {
    /** The encoded header and the dot behind it; not to be written to. */
    byte[] header(TokenType type);

    /** Null where the verifier knows the key without a name. */
    @Nullable
    String kid();
}
