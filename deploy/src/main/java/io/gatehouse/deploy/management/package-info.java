/**
 * The management listener: whether this process lives and can serve.
 *
 * <p>It must not know how a part finds out about itself, and never hands out secrets or personal data: whoever reaches the
 * port may read it.
 */
@NullMarked
package io.gatehouse.deploy.management;

import org.jspecify.annotations.NullMarked;
