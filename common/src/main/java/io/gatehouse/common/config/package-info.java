/**
 * The configuration: one tree of records, read once at start.
 *
 * <p>{@link io.gatehouse.common.config.GatehouseConfig} is the root; each section is a record, and each component carries
 * its documentation, default and bounds in a {@link io.gatehouse.common.config.Key}. Everything else follows from that:
 * binding, names in the environment, the masked dump and {@code deploy/config.reference.yaml}.
 *
 * <p>This package knows no other package of Gatehouse and holds plain data only: what a bootstrap client means is
 * decided where it is applied. Only this package reads the environment, system properties and configuration files.
 */
@NullMarked
package io.gatehouse.common.config;

import org.jspecify.annotations.NullMarked;
