package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.ProxiedService.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Server-sent events through the real proxies, one a second for a minute: each is read before the next one is sent. */
@Execution(ExecutionMode.CONCURRENT)
class ProxiedEventsTest {
    private static final int EVENTS = 60;

    @RegisterExtension
    static final ProxiedService SHOP = new ProxiedService();

    @Test
    void eachEventComesAsItIsSent() throws Exception {
        Map<ProxyProduct, BareStream> streams = new EnumMap<>(ProxyProduct.class);
        try {
            for (ProxyProduct product : ProxyProduct.values()) {
                streams.put(product, listen(product));
            }
            for (int event = 1; event <= EVENTS; event++) {
                Thread.sleep(1_000);
                SHOP.service().tell(String.valueOf(event));
                for (BareStream stream : streams.values()) {
                    assertThat(stream.until("data: " + event + "\n\n")).doesNotContain("\r\n0\r\n");
                }
            }
        } finally {
            for (BareStream stream : streams.values()) {
                stream.close();
            }
        }
    }

    private static BareStream listen(ProxyProduct product) throws Exception {
        BareStream stream = new BareStream(SHOP.proxy(product).address());
        stream.head("GET /api/events HTTP/1.1", "Host: " + HOST, SHOP.bearer(), "Accept: text/event-stream");
        assertThat(stream.answer()).startsWith("HTTP/1.1 200").containsIgnoringCase("text/event-stream");
        return stream;
    }
}
