package io.gatehouse.gateway.page;

/**
 * What the page that asks for a device's code remembers.
 *
 * @param sid of the session that it was shown in: another one's form is refused
 */
public record DeviceEntryState(String sid) {}
