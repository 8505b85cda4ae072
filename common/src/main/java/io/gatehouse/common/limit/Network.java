package io.gatehouse.common.limit;

import io.gatehouse.common.config.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom an address stands for: one subscriber has a whole /64 of IPv6, so that is what counts as one. */
public final class Network {
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /** The address as it is where it is not IPv6. */
    public static String of(String address) {
        try {
            InetAddress parsed = Cidr.parse(address).network();
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), PREFIX_BYTES)) + "/64"
                    : address;
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }
}
