package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An operator's orders about keys, to one node. */
final class KeyOrders {
    private static final String TOKEN = "operator-0123456789abcdef0123456789abcdef";

    /** A new key signs as soon as every verifier has said that it knows it, and not before. */
    static final Map<String, String> ONLY_BY_ACKNOWLEDGEMENT = Map.of(
            "GATEHOUSE_MANAGEMENT_TOKEN", TOKEN,
            "GATEHOUSE_KEYS_PUBLISH_LEAD", "PT0S",
            "GATEHOUSE_KEYS_ACK_TIMEOUT", "PT1H");

    private final Caller node;

    KeyOrders(RunningNode node) {
        Planted.add(TOKEN);
        this.node = new Caller(node.management()).insisting();
    }

    /** Lets a new key sign, and waits until it does; its kid. */
    String rotate() throws Exception {
        Set<String> before = states().keySet();
        HttpRequest.Builder order = request("/rotate")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("algorithm", "ES256").encode()));
        listing(node.send(order));
        Set<String> made = new HashSet<>(states().keySet());
        made.removeAll(before);
        assertThat(made).hasSize(1);
        String kid = made.iterator().next();
        Eventually.isTrueAtLast(
                "every verifier knows the new key", () -> states().get(kid).equals("active"));
        return kid;
    }

    /** By kid. */
    private Map<String, String> states() throws IOException, InterruptedException {
        return listing(node.send(request("")));
    }

    private HttpRequest.Builder request(String order) {
        return node.request("/admin/v1/keys" + order).header("Authorization", "Bearer " + TOKEN);
    }

    private static Map<String, String> listing(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body())
                .getJsonArray("keys").stream()
                        .map(JsonObject.class::cast)
                        .collect(Collectors.toMap(key -> key.getString("kid"), key -> key.getString("state")));
    }

    /** The key that signed a token. */
    static String kid(String token) {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return new JsonObject(new String(header, StandardCharsets.UTF_8)).getString("kid");
    }
}
