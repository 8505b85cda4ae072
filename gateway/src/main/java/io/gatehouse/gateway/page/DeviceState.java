package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Devices.Waiting;

/**
 * What the question about a device remembers.
 *
 * @param sid of the session that is asked: another one's answer does not count
 * @param waiting what the answer is about
 */
public record DeviceState(String sid, Waiting waiting) {}
