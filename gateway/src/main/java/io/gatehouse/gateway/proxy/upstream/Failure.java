package io.gatehouse.gateway.proxy.upstream;

/** How an attempt came to nothing. */
public enum Failure {
    /** No connection: nothing was sent, so that whatever was asked has not been done. */
    UNREACHABLE,
    /** The connection broke, or what came on it was no HTTP: what was asked may have been done. */
    BROKEN,
    /** No answer began in time: what was asked may still be under way. */
    LATE
}
