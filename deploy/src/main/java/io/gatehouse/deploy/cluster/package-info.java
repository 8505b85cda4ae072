/**
 * Membership of a cluster: who belongs to it, how members find each other, and the TLS between them, and by what each proves to the others who it is. Its
 * classes are loaded by members only.
 *
 * <p>It must not know what members say to each other.
 */
@NullMarked
package io.gatehouse.deploy.cluster;

import org.jspecify.annotations.NullMarked;
