package io.gatehouse.deploy.management;

import io.gatehouse.common.message.SecondFactors;
import io.gatehouse.common.model.LoginName;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** What is ordered about second factors, as JSON. */
final class FactorOrder {
    private static final String USERNAME = "username";

    private FactorOrder() {}

    static SecondFactors.Reset reset(JsonObject body) {
        KeyOrder.only(body, Set.of("tenant", USERNAME));
        String username = KeyOrder.text(body, USERNAME);
        if (username == null) {
            throw new IllegalArgumentException("Name the user: username.");
        }
        return new SecondFactors.Reset(KeyOrder.tenant(body), new LoginName(LoginName.Kind.USERNAME, username));
    }

    /** Of one that was carried out. */
    static JsonObject json(SecondFactors.Reset order) {
        return new JsonObject()
                .put("tenant", order.tenant())
                .put(USERNAME, order.user().value())
                .put("reset", true);
    }
}
