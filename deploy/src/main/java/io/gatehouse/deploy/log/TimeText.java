package io.gatehouse.deploy.log;

import java.time.Instant;

/** {@code 2026-01-02T03:04:05.678Z}. Remembers the last second, since thousands of lines share it; for one thread. */
final class TimeText {
    private static final int MILLIS = 1000;

    private long second = Long.MIN_VALUE;
    private String text = "";

    void append(long epochMillis, StringBuilder line) {
        long now = Math.floorDiv(epochMillis, MILLIS);
        if (now != second) {
            String withZone = Instant.ofEpochSecond(now).toString();
            text = withZone.substring(0, withZone.length() - 1);
            second = now;
        }
        int rest = Math.floorMod(epochMillis, MILLIS);
        line.append(text).append('.').append((char) ('0' + rest / 100));
        line.append((char) ('0' + rest / 10 % 10))
                .append((char) ('0' + rest % 10))
                .append('Z');
    }
}
