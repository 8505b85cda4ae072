package io.gatehouse.gateway.client;

import static io.gatehouse.gateway.client.Elsewhere.LOOPBACK;
import static io.gatehouse.gateway.client.Elsewhere.NAME;
import static io.gatehouse.gateway.client.Elsewhere.get;
import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.gateway.client.OutboundFailure.Reason;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to an address; who must be at its other end is told by the URL's name. */
class GuardedTlsTest {
    private final Elsewhere elsewhere = new Elsewhere();
    private final List<String> namesAsked = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        elsewhere.close();
    }

    private int serve(ServerKey key) {
        return elsewhere.serve(
                new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(key.options()), request -> {
                    namesAsked.add(request.connection().indicatedServerName());
                    request.response().end();
                });
    }

    private GuardedHttpClient trusting(ServerKey key) {
        return elsewhere.client(LOOPBACK, new HttpClientOptions().setTrustOptions(key.options()));
    }

    @Test
    void theCertificateIsForTheNameOfTheUrl() throws IOException {
        ServerKey key = new ServerKey(folder, NAME);
        int port = serve(key);

        assertThat(await(trusting(key).send(get("https://%s:%d/", NAME, port))).status())
                .isEqualTo(200);
        assertThat(namesAsked).containsExactly(NAME);
        assertThat(refused(trusting(key), "https://127.0.0.1:%d/", port)).isEqualTo(Reason.CONNECTION);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws IOException {
        ServerKey key = new ServerKey(folder, "other.example.org");
        int port = serve(key);

        assertThat(refused(trusting(key), "https://" + NAME + ":%d/", port)).isEqualTo(Reason.CONNECTION);
        assertThat(elsewhere.requests).hasValue(0);
    }

    @Test
    void aCertificateOfAnybodyIsRefused() throws IOException {
        int port = serve(new ServerKey(folder, NAME));

        assertThat(refused(elsewhere.client(LOOPBACK), "https://" + NAME + ":%d/", port))
                .isEqualTo(Reason.CONNECTION);
        assertThat(elsewhere.requests).hasValue(0);
    }

    private static Reason refused(GuardedHttpClient client, String url, int port) {
        return catchThrowableOfType(OutboundFailure.class, () -> await(client.send(get(url, port))))
                .reason();
    }
}
