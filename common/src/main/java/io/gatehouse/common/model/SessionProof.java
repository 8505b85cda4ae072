package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;

/**
 * What a browser shows to stand for its session, as far as it may leave the gateway.
 *
 * @param secret digest of the cookie's secret, which every login replaces
 */
public record SessionProof(SessionId id, Digest secret) {}
