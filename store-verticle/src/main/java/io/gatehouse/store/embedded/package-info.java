/**
 * The store in one file: an MVStore behind one writer thread that commits whatever is queued as soon as it is free, and
 * answers after the commit is on disk.
 *
 * <p>It owns rows, keys, indexes, sweeping and compaction. It must not know the bus.
 */
@NullMarked
package io.gatehouse.store.embedded;

import org.jspecify.annotations.NullMarked;
