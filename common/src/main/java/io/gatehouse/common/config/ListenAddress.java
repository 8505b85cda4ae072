package io.gatehouse.common.config;

import java.util.regex.Pattern;

/** The shape of a host to listen on. */
final class ListenAddress {
    static final String ADVICE = "is neither a host name nor an IP address: give it alone, without scheme and port";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    private ListenAddress() {}

    static boolean isHost(String text) {
        return NAME.matcher(text).matches() || Cidr.address(text) != null;
    }
}
