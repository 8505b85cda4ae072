package io.gatehouse.deploy.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A service that streams behind a proxy of each product, all of which ask one node. */
final class ProxiedService implements BeforeAllCallback, AfterAllCallback {
    static final String HOST = "shop.example.org";

    private final Map<ProxyProduct, ProxyProgram> proxies = new EnumMap<>(ProxyProduct.class);
    private final RunningNode node = RunningNode.configured("""
            tokens: {default_audience: https://api.example.org}
            forward_auth: {secret: hop-secret-0123456789abcdef0123456789}
            routes:
              - {id: open, match: {host: shop.example.org, path: /open}, demand: public}
              - {id: shop, match: {host: shop.example.org, path: /api}, demand: bearer, scope: [api]}
            bootstrap:
              clients:
                - {client_id: shop, client_secret: shop-secret-0123456789abcdef0123456789, grant_types: [client_credentials],
                   serves: [default]}
                - {client_id: batch, client_secret: %s, grant_types: [client_credentials], scope: api}
            """.formatted(RunningNode.DEMO_SECRET));
    private StreamingService service;
    private Path folder;
    private String token;

    StreamingService service() {
        return service;
    }

    /** Of a token that counts. */
    String bearer() {
        return "Authorization: Bearer " + token;
    }

    /** Started when it is first asked for. */
    ProxyProgram proxy(ProxyProduct product) throws Exception {
        ProxyProgram proxy = proxies.get(product);
        if (proxy == null) {
            proxy = product.start(folder(product.name()), node.address().getPort(), service.port());
            proxies.put(product, proxy);
        }
        return proxy;
    }

    /** A new one, for what is to lie there until the tests are over. */
    Path folder(String name) throws Exception {
        return Files.createDirectory(folder.resolve(name));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("gatehouse-proxies");
        service = new StreamingService();
        node.beforeAll(context);
        Answer answer = node.caller()
                .post(
                        "/oauth2/token",
                        Caller.basic("batch", RunningNode.DEMO_SECRET),
                        "grant_type",
                        "client_credentials");
        token = answer.text("access_token");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        for (ProxyProgram proxy : proxies.values()) {
            proxy.close();
        }
        node.afterAll(context);
        service.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
