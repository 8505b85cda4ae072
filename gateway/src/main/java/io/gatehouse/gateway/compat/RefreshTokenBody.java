package io.gatehouse.gateway.compat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gatehouse.gateway.http.Exchange;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The JSON body {@code {"refresh_token": "..."}} of POST /auth/refresh and /auth/logout. */
final class RefreshTokenBody {
    private static final int MAX_LENGTH = 512;
    private static final String FIELD = "refresh_token";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();

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
        String token = parse(body);
        if (token == null) {
            throw LoginErrors.unprocessable("body.refresh_token: Field required");
        }
        if (token.length() > MAX_LENGTH) {
            throw LoginErrors.unprocessable(
                    "body.refresh_token: String should have at most " + MAX_LENGTH + " characters");
        }
        return token;
    }

    private static @Nullable String parse(Buffer body) {
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            String token = object(parser);
            if (parser.nextToken() != null) {
                throw LoginErrors.unprocessable("body: JSON decode error");
            }
            return token;
        } catch (IOException malformed) {
            throw LoginErrors.unprocessable("body: JSON decode error");
        }
    }

    private static @Nullable String object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw LoginErrors.unprocessable("body: Input should be a JSON object");
        }
        String token = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals(FIELD);
            JsonToken value = parser.nextToken();
            if (wanted && value != JsonToken.VALUE_STRING) {
                throw LoginErrors.unprocessable("body.refresh_token: Input should be a valid string");
            }
            token = wanted ? parser.getText() : token;
            parser.skipChildren();
        }
        return token;
    }
}
