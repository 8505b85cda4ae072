/** The entry point of the process. */
@NullMarked
package io.gatehouse.deploy;

import org.jspecify.annotations.NullMarked;
