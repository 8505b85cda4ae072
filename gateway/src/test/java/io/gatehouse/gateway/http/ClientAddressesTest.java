package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request comes from: the tests connect from 127.0.0.1. */
class ClientAddressesTest {
    private static TestServer trustingNobody;
    private static TestServer trustingAnother;
    private static TestServer behindProxies;

    @BeforeAll
    static void start() {
        trustingNobody = TestServer.start();
        trustingAnother =
                TestServer.with(TestServer.Settings.USUAL.proxies("10.0.0.0/8")).listening();
        behindProxies = TestServer.with(TestServer.Settings.USUAL.proxies("127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32"))
                .listening();
    }

    @AfterAll
    static void stop() {
        trustingNobody.close();
        trustingAnother.close();
        behindProxies.close();
    }

    private static String seenBy(TestServer server, String... forwarded) {
        List<String> lines = new ArrayList<>(List.of("GET /address HTTP/1.1", "Host: a"));
        lines.addAll(List.of(forwarded));
        return server.exchange(lines.toArray(String[]::new)).body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 1.2.3.4",
                "X-Real-IP: 1.2.3.4",
                "Forwarded: for=1.2.3.4",
                "X-Client-IP: 1.2.3.4",
                "True-Client-IP: 1.2.3.4",
                "X-Forwarded-For: 127.0.0.1, 10.0.0.1"
            })
    void whatAStrangerSaysOfItselfDoesNotCount(String header) {
        assertThat(seenBy(trustingNobody, header)).isEqualTo("127.0.0.1");
        assertThat(seenBy(trustingAnother, header)).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2.3.4 | 1.2.3.4",
                "1.2.3.4, 10.0.0.1 | 1.2.3.4",
                "1.2.3.4,10.0.0.1,10.1.1.1 | 1.2.3.4",
                "6.6.6.6, 1.2.3.4, 10.0.0.1 | 1.2.3.4", // the first was said by the client
                "10.0.0.9, 1.2.3.4 | 1.2.3.4",
                "2001:db9::1, 2001:db8::5 | 2001:db9::1",
                "10.0.0.2, 10.0.0.1 | 10.0.0.2", // a request of a proxy itself
                "' 1.2.3.4 , 10.0.0.1 ' | 1.2.3.4"
            })
    void theNearestAddressThatIsNoProxyOfOursCounts(String forwarded, String address) {
        assertThat(seenBy(behindProxies, "X-Forwarded-For: " + forwarded)).isEqualTo(address);
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(seenBy(behindProxies, "X-Forwarded-For: 6.6.6.6, 1.2.3.4", "X-Forwarded-For: 10.0.0.1"))
                .isEqualTo("1.2.3.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "evil.example", "1.2.3", "1.2.3.4.5", "999.1.1.1", "_hidden", "localhost", "%"})
    void whatIsNoAddressEndsTheChain(String garbage) {
        assertThat(seenBy(behindProxies, "X-Forwarded-For: " + garbage)).isEqualTo("127.0.0.1");
        assertThat(seenBy(behindProxies, "X-Forwarded-For: 1.2.3.4, " + garbage))
                .isEqualTo("127.0.0.1");
        assertThat(seenBy(behindProxies, "X-Forwarded-For: 1.2.3.4, " + garbage + ", 10.0.0.1"))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void withoutTheHeaderTheProxyItselfCounts() {
        assertThat(seenBy(behindProxies)).isEqualTo("127.0.0.1");
    }

    @Test
    void aBlockIsNoAddress() {
        assertThat(seenBy(behindProxies, "X-Forwarded-For: 1.2.3.0/24")).isEqualTo("127.0.0.1");
    }
}
