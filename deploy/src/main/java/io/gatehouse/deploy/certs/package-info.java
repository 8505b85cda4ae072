/**
 * Certificates of a cluster's members: making them, and reading what they say.
 *
 * <p>It must not know how members speak with each other.
 */
@NullMarked
package io.gatehouse.deploy.certs;

import org.jspecify.annotations.NullMarked;
