package io.gatehouse.common.model;

/**
 * A line of the revocation log.
 *
 * @param sequence counts from 1 in the order of commits, without gaps
 */
public record SequencedDenial(long sequence, Denial denial) {}
