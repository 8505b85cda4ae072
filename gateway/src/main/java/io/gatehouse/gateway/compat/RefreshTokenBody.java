package io.gatehouse.gateway.compat;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The JSON body {@code {"refresh_token": "..."}} of POST /auth/refresh and /auth/logout. */
final class RefreshTokenBody {
    private static final int MAX_LENGTH = 512;
    private static final String FIELD = "refresh_token";
    private static final StrictJson JSON = new StrictJson(16);

    private RefreshTokenBody() {}

    /**
     * Null where there is no body at all.
     *
     * @throws io.gatehouse.common.error.OAuthFailure 422, where there is one without a proper token in it
     */
    static @Nullable String read(Exchange exchange) {
        Buffer body = exchange.body();
        if (body.length() == 0) {
            return null;
        }
        if (!exchange.mediaType().equals("application/json")) {
            throw LoginErrors.unprocessable("body: Send a JSON object with Content-Type application/json");
        }
        if (!(parse(body) instanceof JsonObject object)) {
            throw LoginErrors.unprocessable("body: Input should be a JSON object");
        }
        return token(object);
    }

    private static String token(JsonObject object) {
        if (!object.containsKey(FIELD)) {
            throw LoginErrors.unprocessable("body.refresh_token: Field required");
        }
        if (!(object.getValue(FIELD) instanceof String token)) {
            throw LoginErrors.unprocessable("body.refresh_token: Input should be a valid string");
        }
        if (token.length() > MAX_LENGTH) {
            throw LoginErrors.unprocessable(
                    "body.refresh_token: String should have at most " + MAX_LENGTH + " characters");
        }
        return token;
    }

    private static @Nullable Object parse(Buffer body) {
        try {
            return JSON.decode(body);
        } catch (DecodeException malformed) {
            throw LoginErrors.unprocessable("body: JSON decode error");
        }
    }
}
