package io.gatehouse.gateway.client;

import io.gatehouse.common.config.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses a URL that somebody else chose may lead to: those of the public internet, by the registries of special
 * addresses (RFC 6890), and those that the operator allowed.
 */
final class AddressRule {
    private static final List<Cidr> SPECIAL_IPV4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** Outside it: loopback, local, multicast, and IPv4 written in IPv6 for a translator (64:ff9b::/96). */
    private static final Cidr PUBLIC_IPV6 = Cidr.parse("2000::/3");

    /** Protocols and Teredo, documentation, and 6to4, which leads to any IPv4 address. */
    private static final List<Cidr> SPECIAL_IPV6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<Cidr> allow;

    /** @param allow addresses that count though they are not public */
    AddressRule(List<Cidr> allow) {
        this.allow = List.copyOf(allow);
    }

    boolean admits(InetAddress address) {
        InetAddress plain = plain(address);
        return contains(allow, plain) || isPublic(plain);
    }

    /** IPv4 in IPv6 (::ffff:0:0/96) becomes IPv4: the same machine by another spelling. */
    static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    private static boolean isPublic(InetAddress address) {
        return address.getAddress().length == 4
                ? !contains(SPECIAL_IPV4, address)
                : PUBLIC_IPV6.contains(address) && !contains(SPECIAL_IPV6, address);
    }

    private static boolean contains(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<Cidr> blocks(String... blocks) {
        return Stream.of(blocks).map(Cidr::parse).toList();
    }
}
