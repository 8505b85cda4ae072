/**
 * Files that hold secrets: who may read them, and how they are made so that no crash leaves half of one.
 *
 * <p>It must know nothing of ours, and not what stands in the files.
 */
@NullMarked
package io.gatehouse.common.file;

import org.jspecify.annotations.NullMarked;
