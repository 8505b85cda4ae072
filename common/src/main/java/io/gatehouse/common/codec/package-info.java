/**
 * The compact form of records: what crosses the bus between nodes, what lies in rows of the embedded store and what
 * attestations authenticate.
 *
 * <p>A record is written as its components in order, each behind its length, so that a reader skips components it does
 * not know and fills in those an older writer had not: components are only ever added at the end. It must not know any
 * particular message or row.
 */
@NullMarked
package io.gatehouse.common.codec;

import org.jspecify.annotations.NullMarked;
