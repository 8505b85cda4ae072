package io.gatehouse.common.bus;

import io.vertx.core.json.JsonObject;

/**
 * What an application asks, once it has proved itself.
 *
 * @param id of the request, fresh: 16 to 64 characters of base64url
 * @param sentAt milliseconds since 1970, by the application's clock
 */
record ApplicationCall(String id, long sentAt, String operation, JsonObject parameters) {}
