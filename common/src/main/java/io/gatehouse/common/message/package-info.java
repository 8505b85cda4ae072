/**
 * What is said on the bus: sealed families of immutable records, each knowing its address and its reply type, and the
 * attestations by which the store and the token role vouch for what the gateway carries.
 *
 * <p>A record once landed keeps its name and components; new components go to the end. It must not know how messages
 * travel.
 */
@NullMarked
package io.gatehouse.common.message;

import org.jspecify.annotations.NullMarked;
