package io.gatehouse.common.config;

import java.net.InetAddress;

/** Which host names mean this machine and nothing else. Nothing is looked up: a name that resolves may change. */
final class LoopbackHost {
    private LoopbackHost() {}

    /** True for localhost, 127.0.0.0/8 and ::1 (with or without brackets). */
    static boolean matches(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        InetAddress address = Cidr.address(unbracketed(host));
        return address != null && address.isLoopbackAddress();
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
