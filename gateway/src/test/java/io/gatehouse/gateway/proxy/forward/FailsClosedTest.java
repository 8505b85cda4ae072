package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import org.junit.jupiter.api.Test;

/** Where nobody can tell whether a token counts, nothing is passed on. */
class FailsClosedTest {
    @Test
    void withoutNewsOfRevocationsNothingIsPassedOn() {
        try (TestService service = new TestService();
                TestGateway stale = new TestGateway("""
                        revocation: {heartbeat: PT1S, staleness: PT5S}
                        routes:
                          - {id: open, match: {host: shop, path: /open}, demand: public, upstream: ["%1$s"]}
                          - {id: shop, match: {host: shop}, demand: bearer, upstream: ["%1$s"]}
                        """.formatted("http://127.0.0.1:" + service.port()))) {
            stale.hearsNoMore();
            TestNode.eventually("the list is stale", () -> isRefused(stale, service));
            assertThat(get(stale, "/open").status()).isEqualTo(200);
        }
    }

    private static boolean isRefused(TestGateway gateway, TestService service) {
        service.forget();
        RawReply reply = get(gateway, "/cart");
        if (reply.status() != 503) {
            return false;
        }
        assertThat(reply.header("retry-after")).isNotEmpty();
        assertThat(service.seen).isEmpty();
        return true;
    }

    private static RawReply get(TestGateway gateway, String path) {
        String token = "Authorization: Bearer " + Tokens.signed(Tokens.claims());
        return Shop.get(gateway, path, token);
    }
}
