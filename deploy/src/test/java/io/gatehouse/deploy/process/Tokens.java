package io.gatehouse.deploy.process;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/**
 * What a token response holds.
 *
 * @param access the access token
 * @param refresh the refresh token, or an empty text: there is none
 */
record Tokens(String access, String refresh) {
    static Tokens of(HttpResponse<String> response) {
        JsonObject body = new JsonObject(response.body());
        return new Tokens(body.getString("access_token"), body.getString("refresh_token", ""));
    }
}
