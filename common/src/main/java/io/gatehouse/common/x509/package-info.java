/**
 * Certificates of clients (RFC 5280; RFC 8705): whether one is what a client registered. Gateway and token role ask it alike.
 *
 * <p>It must not know who showed a certificate, nor who signed it.
 */
@NullMarked
package io.gatehouse.common.x509;

import org.jspecify.annotations.NullMarked;
