/**
 * The management listener: whether this process lives and can serve, and what the operator orders by its
 * credential.
 *
 * <p>It must not know how a part finds out about itself, and never hands out secrets or personal data: whoever reaches the
 * port may read what is open.
 */
@NullMarked
package io.gatehouse.deploy.management;

import org.jspecify.annotations.NullMarked;
