package io.gatehouse.gateway.logout;

import static io.gatehouse.gateway.oauth.TestNode.await;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.gateway.client.GuardedHttpClient;
import io.gatehouse.gateway.oauth.LogoutTokens;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestNode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Logouts that are due, and real servers of clients to bring them to. */
abstract class LogoutCase {
    static final String TOKEN = "header.claims.signature";

    final TestNode node = new TestNode();
    final LogoutQueue queue = new LogoutQueue(node);
    final AuditLines audit = new AuditLines();
    /** From a client to its backchannel_logout_uri. */
    final Map<String, String> uris = new ConcurrentHashMap<>();

    @BeforeEach
    void roles() {
        node.on(
                Clients.Find.class,
                find -> Samples.found(Samples.logoutClient(find.clientId(), uris.get(find.clientId()))));
        node.on(IdTokens.SignLogout.class, sign -> new IdTokens.Signed(Secret.of(TOKEN)));
    }

    @AfterEach
    void stop() {
        node.close();
        audit.close();
    }

    /** Begins to deliver; private addresses are reached as {@code allow} says. */
    LogoutDelivery deliver(String... allow) {
        LogoutDelivery delivery = new LogoutDelivery(
                node.vertx,
                node.bus,
                new LogoutTokens(node.bus, node.knowledge()),
                new GuardedHttpClient(
                        node.vertx, Stream.of(allow).map(Cidr::parse).toList(), Duration.ofMinutes(1)));
        node.vertx.runOnContext(on -> delivery.start());
        return delivery;
    }

    LogoutDelivery deliver() {
        return deliver("127.0.0.0/8", "::1");
    }

    /** @return the port of a client's server */
    int serve(Handler<HttpServerRequest> handler) {
        return await(node.vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"))
                .actualPort();
    }

    /** A client that answers each logout by this status. */
    void client(String clientId, int status) {
        int port = serve(request -> request.response().setStatusCode(status).end());
        uris.put(clientId, "http://127.0.0.1:" + port + "/logout");
    }
}
