package io.gatehouse.gateway.page;

/**
 * Why somebody came to the page of devices.
 *
 * @param typed what the field for the code holds at first; empty: nothing
 */
public record DeviceVisit(String typed) {}
