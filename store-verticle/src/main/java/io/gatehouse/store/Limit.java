package io.gatehouse.store;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;

/** @param key of what is counted; a digest, so that no personal datum lies among counters */
public record Limit(Digest key, Rate rate) {}
