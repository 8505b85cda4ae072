/**
 * A short life for training: what a node does at first is done once during the build, so that Java can write down the
 * classes, loaded and linked, and later starts skip that work.
 *
 * <p>It uses a node as its users do, over HTTP, and leaves nothing behind.
 */
@NullMarked
package io.gatehouse.deploy.rehearsal;

import org.jspecify.annotations.NullMarked;
