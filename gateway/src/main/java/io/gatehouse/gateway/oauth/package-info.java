/**
 * The protocol: authorization requests, client authentication, grants, inspection, introspection, revocation, and the
 * gateway's knowledge of clients, keys and revocations.
 *
 * <p>It must not know HTTP types, nor any vendor's API.
 */
@NullMarked
package io.gatehouse.gateway.oauth;

import org.jspecify.annotations.NullMarked;
