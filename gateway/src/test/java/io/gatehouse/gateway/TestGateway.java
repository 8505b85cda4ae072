package io.gatehouse.gateway;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.UpstreamAssertions;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.RawClient;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole gateway on a port of its own; a test says what the store and the token role answer, see {@link TestNode}. */
public final class TestGateway implements AutoCloseable {
    private static final String CONFIG = "issuer: " + TestNode.ISSUER + "\n";
    private static final String SERVER = "server: {port: 0, event_loops: 1}\n";

    /** Of the tenants {@code main} and {@code shop}. */
    public static final String APIKEY = "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11";

    public static final String SHOP_APIKEY = "7a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

    public final TestNode node = new TestNode();
    private final GatewayRole role;
    private final GatewayVerticle verticle;

    public TestGateway() {
        this("");
    }

    /** @param yaml more configuration; a server that it has is whole */
    public TestGateway(String yaml) {
        this(yaml, CONFIG + (yaml.startsWith("server:") ? "" : SERVER));
    }

    /** One that speaks TLS, by the files server.crt and server.key in a folder. */
    public static TestGateway secure(Path folder, String yaml) {
        return new TestGateway(yaml, """
                issuer: %1$s
                server:
                  port: 0
                  event_loops: 1
                  tls: {certificate: "%2$s/server.crt", key: "%2$s/server.key"}
                """.formatted(TestNode.ISSUER, folder));
    }

    private TestGateway(String yaml, String config) {
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
        node.on(
                Tenants.Find.class,
                find -> new Tenants.Found(find.tenant().equals("shop") ? new Tenant("shop", null, null, 1) : null));
        node.on(
                Tenants.FindByApikey.class,
                find -> new Tenants.Found(
                        switch (find.apikey()) {
                            case APIKEY -> new Tenant(Tenant.MAIN, APIKEY, null, 1);
                            case SHOP_APIKEY -> new Tenant("shop", SHOP_APIKEY, null, 1);
                            default -> null;
                        }));
        node.on(
                UpstreamAssertions.Mint.class,
                mint -> new UpstreamAssertions.Minted(
                        Secret.of("assertion.for." + mint.audience()),
                        node.clock.instant().plusSeconds(60)));
        role = new GatewayRole(ConfigLoader.parse(config + yaml), false, node.clock);
        TestNode.await(role.follow(node.bus));
        verticle = role.verticle(node.bus);
        TestNode.await(node.vertx.deployVerticle(verticle));
    }

    /** Nobody sends it a heartbeat; nor is it told any more what was revoked, where it asks. */
    public void hearsNoMore() {
        node.failing(Revocations.Read.class, new OAuthError.Unavailable("store"));
    }

    GatewayRole role() {
        return role;
    }

    /** Where it listens. */
    public int port() {
        return verticle.port();
    }

    public RawReply get(String path, String... headers) {
        return exchange("GET", path, null, headers);
    }

    public RawReply postForm(String path, String form, String... headers) {
        return exchange("POST", path, form, with(headers, "Content-Type: application/x-www-form-urlencoded"));
    }

    public RawReply postJson(String path, String json, String... headers) {
        return exchange("POST", path, json, with(headers, "Content-Type: application/json"));
    }

    public RawReply post(String path, String... headers) {
        return exchange("POST", path, "", headers);
    }

    public RawReply exchange(String method, String path, String body, String... headers) {
        return exchangeAt("a", method, path, body, headers);
    }

    /** @param host that the request names */
    public RawReply exchangeAt(String host, String method, String path, String body, String... headers) {
        List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: " + host));
        lines.addAll(List.of(headers));
        if (body != null) {
            lines.add("Content-Length: " + body.length());
        }
        try (RawClient client = RawClient.connect(verticle.port())) {
            return client.send(RawClient.request(lines.toArray(String[]::new)) + (body == null ? "" : body))
                    .read();
        }
    }

    private static String[] with(String[] headers, String one) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(one);
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        node.close();
    }
}
