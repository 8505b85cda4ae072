package io.gatehouse.store.copy;

import io.gatehouse.common.crypto.Digest;
import java.time.Instant;

/**
 * A one-time value that was presented.
 *
 * @param kind what it is: one of one kind must not pass for one of another
 * @param until nobody would accept it from here on; whole milliseconds
 */
public record SpentValue(String kind, String tenant, String clientId, Digest value, Instant until) {}
