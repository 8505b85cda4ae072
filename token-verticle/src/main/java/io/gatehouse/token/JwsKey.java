package io.gatehouse.token;

/** What signs a JWS. */
interface JwsKey {
    /** Whether a signature would hold up an event loop: then it is made on worker threads, else on one loop only. */
    boolean isSlow();

    /** The JWS signature value of {@code input}. */
    byte[] sign(byte[] input);
}
