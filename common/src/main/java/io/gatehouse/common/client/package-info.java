/**
 * What other Vert.x applications use: tokens issued, verified and revoked over the event bus, without HTTP. Verification is
 * local, by keys and revocations that are pushed.
 *
 * <p>It must not know what only Gatehouse's own roles may ask each other. Its handlers need vertx-web, all else does not.
 */
@NullMarked
package io.gatehouse.common.client;

import org.jspecify.annotations.NullMarked;
