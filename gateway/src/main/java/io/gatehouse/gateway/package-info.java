/**
 * The gateway: HTTP to the protocol and back. {@link io.gatehouse.gateway.GatewayVerticle} is its table of contents.
 *
 * <p>It owns no durable state and no key. It must not know SQL, a store or a private key.
 */
@NullMarked
package io.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
