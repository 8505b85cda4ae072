package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gateway and the one service behind it, for the tests of a class; before each, the service forgets what it has seen. */
final class Door implements BeforeEachCallback, AfterAllCallback {
    final TestService service = new TestService();
    final TestGateway gateway;

    /** @param config in which {@code %1$s} is where the service is */
    Door(String config) {
        gateway = new TestGateway(config.formatted("http://127.0.0.1:" + service.port()));
    }

    /** Asks for something of the host {@code shop}. */
    RawReply get(String target, String... headers) {
        return Shop.get(gateway, target, headers);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        service.forget();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        gateway.close();
        service.close();
    }
}
