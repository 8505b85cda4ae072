package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Devices.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * What the question about a device remembers.
 *
 * @param sid of the session that is asked: another one's answer does not count
 * @param waiting what the answer is about
 * @param consentEpoch generation of the consent that is asked about: its withdrawal voids the question; 0: an older build asked
 * @param userCode as the question shows it, should it have to be asked again; null: an older build asked
 */
public record DeviceState(
        String sid,
        Waiting waiting,
        long consentEpoch,
        @Nullable String userCode) {}
