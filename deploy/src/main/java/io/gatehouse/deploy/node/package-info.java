/**
 * One process: its event loops, the roles it runs and the order in which they start and stop.
 *
 * <p>The only package that sees all three verticle modules. It must not know what any request means.
 */
@NullMarked
package io.gatehouse.deploy.node;

import org.jspecify.annotations.NullMarked;
