package io.gatehouse.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    private static final AddressRule PUBLIC_ONLY = new AddressRule(List.of());

    private static AddressRule allowing(String... blocks) {
        return new AddressRule(Stream.of(blocks).map(Cidr::parse).toList());
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2001:200::1",
                "2003::1",
                "3ffe::1"
            })
    void publicAddressesAreAdmitted(String literal) throws UnknownHostException {
        assertThat(PUBLIC_ONLY.admits(address(literal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255"
            })
    void specialAddressesAreRefused(String literal) throws UnknownHostException {
        assertThat(PUBLIC_ONLY.admits(address(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "::10.0.0.1",
                "::8.8.8.8",
                "64:ff9b::10.0.0.1",
                "64:ff9b::8.8.8.8",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:53aa:64c::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "2002:808:808::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456:789a::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void specialIpv6AddressesAreRefused(String literal) throws UnknownHostException {
        assertThat(PUBLIC_ONLY.admits(address(literal))).isFalse();
    }

    /** Resolvers may hand IPv4 over as an IPv6 object. */
    @Test
    void ipv4InIpv6IsTheSameAddress() throws UnknownHostException {
        assertThat(PUBLIC_ONLY.admits(mapped(127, 0, 0, 1))).isFalse();
        assertThat(PUBLIC_ONLY.admits(mapped(10, 0, 0, 1))).isFalse();
        assertThat(PUBLIC_ONLY.admits(mapped(8, 8, 8, 8))).isTrue();
        assertThat(allowing("127.0.0.0/8").admits(mapped(127, 0, 0, 1))).isTrue();
    }

    @Test
    void whatIsAllowedIsAdmittedAndNothingBesideIt() throws UnknownHostException {
        AddressRule rule = allowing("10.1.0.0/16", "fd00::/8", "::1");
        assertThat(List.of("10.1.2.3", "fd00::7", "::1", "1.1.1.1"))
                .allSatisfy(literal -> assertThat(rule.admits(address(literal))).isTrue());
        assertThat(List.of("10.2.0.1", "fc00::7", "127.0.0.1", "64:ff9b::10.1.2.3", "2002:a01:203::1"))
                .allSatisfy(literal -> assertThat(rule.admits(address(literal))).isFalse());
    }

    private static InetAddress mapped(int... ipv4) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) ipv4[i];
        }
        InetAddress address = Inet6Address.getByAddress(null, bytes, -1);
        assertThat(address).isInstanceOf(Inet6Address.class);
        return address;
    }
}
