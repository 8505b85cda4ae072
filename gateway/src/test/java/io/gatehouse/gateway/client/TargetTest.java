package io.gatehouse.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.gateway.client.OutboundFailure.Reason;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    private static final AddressRule RULE =
            new AddressRule(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"), Cidr.parse("10.0.0.0/8")));

    private static Reason refusal(ThrowingCallable call) {
        return catchThrowableOfType(OutboundFailure.class, call).reason();
    }

    private static InetAddress choose(String url, String... literals) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            addresses.add(InetAddress.getByName(literal));
        }
        return Target.of(URI.create(url)).choose(addresses, RULE);
    }

    @Test
    void theUrlIsTakenApart() {
        assertThat(Target.of(URI.create("https://app.example.org/logout?a=b%20c#d")))
                .isEqualTo(new Target(true, "app.example.org", 443, "/logout?a=b%20c"));
        assertThat(Target.of(URI.create("HTTP://127.0.0.1"))).isEqualTo(new Target(false, "127.0.0.1", 80, "/"));
        assertThat(Target.of(URI.create("https://[::1]:8443?x")).name()).isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://app.example.org/",
                "file:///etc/passwd",
                "/logout",
                "https:logout",
                "https:///logout",
                "https://ada:secret@app.example.org/",
                "https://app.example.org:0/",
                "https://app.example.org:65536/"
            })
    void otherUrlsAreRefused(String url) {
        assertThat(refusal(() -> Target.of(URI.create(url)))).isEqualTo(Reason.URL);
    }

    @Test
    void oneBadAddressSpoilsThemAll() throws UnknownHostException {
        String url = "https://app.example.org/";
        assertThat(choose(url, "1.1.1.1", "8.8.8.8").getHostAddress()).isEqualTo("1.1.1.1");
        assertThat(refusal(() -> choose(url, "1.1.1.1", "192.168.0.1"))).isEqualTo(Reason.ADDRESS);
        assertThat(refusal(() -> choose(url, "192.168.0.1"))).isEqualTo(Reason.ADDRESS);
        assertThat(refusal(() -> choose(url))).isEqualTo(Reason.NAME);
    }

    @Test
    void plainHttpIsForAllowedLoopbackOnly() throws UnknownHostException {
        String url = "http://app.example.org/";
        assertThat(choose(url, "127.0.0.1", "::1").isLoopbackAddress()).isTrue();
        assertThat(refusal(() -> choose(url, "1.1.1.1"))).isEqualTo(Reason.URL);
        assertThat(refusal(() -> choose(url, "10.0.0.1"))).isEqualTo(Reason.URL);
        assertThat(refusal(() -> choose(url, "127.0.0.1", "10.0.0.1"))).isEqualTo(Reason.URL);
    }

    /** A name here would be resolved a second time, by an answer that nobody checked. */
    @Test
    void theConnectionGoesToTheAddressAndTheRequestToTheName() throws UnknownHostException {
        Target target = Target.of(URI.create("https://app.example.org:8443/logout"));
        RequestOptions options = target.options(HttpMethod.POST, choose("https://app.example.org", "1.1.1.1"));
        assertThat(options.getServer()).isEqualTo(SocketAddress.inetSocketAddress(8443, "1.1.1.1"));
        assertThat(options.getHost()).isEqualTo("app.example.org");
        assertThat(options.isSsl()).isTrue();
        assertThat(options.getFollowRedirects()).isFalse();
    }
}
