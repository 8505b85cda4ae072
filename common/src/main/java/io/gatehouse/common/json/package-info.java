/**
 * How JSON of strangers is read, wherever it comes from.
 *
 * <p>It must not know what the JSON says.
 */
@NullMarked
package io.gatehouse.common.json;

import org.jspecify.annotations.NullMarked;
