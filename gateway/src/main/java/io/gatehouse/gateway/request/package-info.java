/**
 * Requests that clients keep elsewhere: fetches them for the protocol, which decides whose they are and whether they are good.
 */
@NullMarked
package io.gatehouse.gateway.request;

import org.jspecify.annotations.NullMarked;
