package io.gatehouse.gateway.oauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gatehouse.common.json.StrictReading;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON of which nobody may make two things: one object, no member twice, not nested deeply. */
final class StrictObject {
    private static final int MAX_DEPTH = 6;
    private static final JsonFactory STRICT = StrictReading.tokens(MAX_DEPTH);

    private StrictObject() {}

    /** Null where it is anything else. */
    static @Nullable JsonObject parse(String text) {
        try (JsonParser parser = STRICT.createParser(text)) {
            boolean single = parser.nextToken() == JsonToken.START_OBJECT
                    && parser.skipChildren() != null
                    && parser.nextToken() == null;
            return single ? new JsonObject(text) : null;
        } catch (IOException | DecodeException malformed) {
            return null;
        }
    }
}
