/**
 * The command line: a table of commands, the options each has, what people read.
 *
 * <p>It must not know how a node is put together, only how to ask for one. A new command is one class here and one line in
 * {@link io.gatehouse.deploy.Main}.
 */
@NullMarked
package io.gatehouse.deploy.command;

import org.jspecify.annotations.NullMarked;
