package io.gatehouse.gateway.page;

import io.gatehouse.common.model.SessionProof;
import java.time.Instant;

/**
 * What a browser shows to a service: the session at the issuer, as a child of which this one ends with it. It travels sealed.
 *
 * @param session of the issuer's host; another login replaces its secret, so that this one is to be made anew
 * @param host of the service, where alone it counts
 * @param sealedAt when it was made, or renewed
 */
public record ServiceSession(SessionProof session, String host, Instant sealedAt) {}
