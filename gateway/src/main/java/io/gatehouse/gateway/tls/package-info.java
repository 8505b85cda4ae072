/**
 * TLS of the public listener: its files, what is spoken, and whose certificates clients may show.
 *
 * <p>It must not know which clients there are, nor what a request is for.
 */
@NullMarked
package io.gatehouse.gateway.tls;

import org.jspecify.annotations.NullMarked;
