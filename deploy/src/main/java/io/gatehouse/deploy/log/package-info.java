/**
 * The log: one line per event on standard output, for people or for collectors, written by a thread of its own.
 *
 * <p>It must not know who logs what. Secrets are kept out where a line is made, never masked here.
 */
@NullMarked
package io.gatehouse.deploy.log;

import org.jspecify.annotations.NullMarked;
