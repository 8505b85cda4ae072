/**
 * Back-channel logout: what the store's queue holds is brought to the clients, beside all requests of people.
 *
 * <p>It must not know what a session is, nor how a logout token looks: it carries both.
 */
@NullMarked
package io.gatehouse.gateway.logout;

import org.jspecify.annotations.NullMarked;
