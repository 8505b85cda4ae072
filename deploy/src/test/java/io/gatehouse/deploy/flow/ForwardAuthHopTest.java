package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The secret of the hop counts where nobody between could have read it. */
class ForwardAuthHopTest {
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";
    private static final String[] REQUEST = {
        "X-Gatehouse-Hop: " + SECRET,
        "X-Forwarded-Method: GET",
        "X-Forwarded-Host: shop.example.org",
        "X-Forwarded-Uri: /open",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Proto: https",
    };
    private static final String ROUTES =
            "routes: [{id: open, match: {host: shop.example.org, path: /open}, demand: public}]\n";

    @RegisterExtension
    static final RunningNode EVERYWHERE = RunningNode.configured("issuer: https://login.example.org\n" + ROUTES)
            .with("server.host", "0.0.0.0")
            .with("server.trusted_proxies", "0.0.0.0/1,128.0.0.0/1")
            .with("forward_auth.secret", SECRET);

    @Test
    void fromThisMachineOnlyWhereThereIsNoTls() throws SocketException {
        int port = EVERYWHERE.address().getPort();
        assertThat(ask("127.0.0.1", port).status()).isEqualTo(200);

        Optional<InetAddress> other = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
                .findFirst();
        assumeTrue(other.isPresent(), "this machine has no address but loopback");
        Answer refused = ask(other.get().getHostAddress(), port);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).doesNotContainIgnoringCase("tls").doesNotContain("secret");
    }

    private static Answer ask(String address, int port) {
        return new BareCaller(URI.create("http://" + address + ":" + port)).get("/forward-auth", REQUEST);
    }
}
