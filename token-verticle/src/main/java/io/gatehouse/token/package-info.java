/**
 * The token role: the only holder of unsealed private keys. It makes, seals and publishes signing keys, opens those of
 * clients and JWT apps, checks the authority behind every request itself and signs only what it composed: there is no
 * message that signs given bytes.
 *
 * <p>One {@link io.gatehouse.token.TokenRole} per process holds what is shared; one {@link
 * io.gatehouse.token.TokenVerticle} per event loop answers, with a key ring and signatures of its own, so that nothing
 * on a request's path is locked. It must not know HTTP, SQL, the gateway or the store module: sealed keys come and go as
 * messages.
 */
@NullMarked
package io.gatehouse.token;

import org.jspecify.annotations.NullMarked;
