package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.0/23, 10.1.3.9, true",
        "10.1.2.0/23, 10.1.4.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "10.0.0.0/8, ::1, false",
        "::/0, 10.0.0.1, false",
        // the same address in another dress
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
    })
    void cidrContains(String block, String address, boolean inside) throws UnknownHostException {
        assertThat(Cidr.parse(block).contains(InetAddress.getByName(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.1",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.7/8",
                "::1/129",
                ":::",
                "1:2",
                "10.0.0.0/8/8",
                "fe80::1%eth0"
            })
    void cidrRefuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
    }

    @Test
    void cidrReadsWhatItWrites() {
        assertThat(Cidr.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(Cidr.parse(Cidr.parse("2001:db8::/32").toString())).isEqualTo(Cidr.parse("2001:db8::/32"));
        assertThat(Cidr.parse("127.0.0.1")).hasToString("127.0.0.1/32");
    }

    @Test
    void rateReadsWhatItWrites() {
        assertThat(Rate.parse("10/PT15M")).isEqualTo(new Rate(10, Duration.ofMinutes(15)));
        assertThat(Rate.parse("10/PT15M")).hasToString("10/PT15M");
        assertThat(Rate.parse("off")).isEqualTo(Rate.parse("0")).hasToString("off");
        assertThat(Rate.parse("1/PT1S").unlimited()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "10", "10/", "/PT1S", "0/PT1S", "-1/PT1S", "1/PT0S", "1/P2D", "1/1s", "x/PT1S", "1/-PT1S"
            })
    void rateRefuses(String text) {
        assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "127.0.0.1, true",
        "127.255.0.9, true",
        "::1, true",
        "[::1], true",
        "0.0.0.0, false",
        "10.0.0.1, false",
        "localhost.example.org, false",
        "127.0.0.1.example.org, false",
        "'', false",
    })
    void loopbackIsDecidedWithoutLookingUp(String host, boolean loopback) {
        assertThat(LoopbackHost.matches(host)).isEqualTo(loopback);
    }

    @Test
    void nearestNameIsNearOrNothing() {
        List<String> names = List.of("access_ttl", "refresh_ttl", "port");
        assertThat(NearestName.of("acess-ttl", names)).contains("access_ttl");
        assertThat(NearestName.of("PORTS", names)).contains("port");
        assertThat(NearestName.of("prot", names)).contains("port");
        assertThat(NearestName.of("colour", names)).isEmpty();
        assertThat(NearestName.of("x".repeat(100_000), names)).isEmpty();
    }
}
