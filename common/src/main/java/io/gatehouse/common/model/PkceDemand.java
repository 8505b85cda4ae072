package io.gatehouse.common.model;

/** When a client must use PKCE (RFC 7636) at the authorization endpoint. */
public enum PkceDemand {
    ALWAYS,
    /** Only a confidential client that can't. */
    NEVER
}
