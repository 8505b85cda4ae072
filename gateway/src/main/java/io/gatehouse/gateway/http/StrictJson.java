package io.gatehouse.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.gatehouse.common.json.StrictReading;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON that two readers can't understand differently: no member twice, one value and nothing behind it. */
public final class StrictJson {
    private final JsonFactory factory;

    /** @param depth to which objects and lists may be nested */
    public StrictJson(int depth) {
        this.factory = StrictReading.tokens(depth);
    }

    /**
     * A {@code JsonObject}, {@code JsonArray}, text, number, flag or null.
     *
     * @throws DecodeException where it is not JSON in this sense
     */
    public @Nullable Object decode(Buffer text) {
        byte[] bytes = text.getBytes();
        try (JsonParser parser = factory.createParser(bytes)) {
            boolean single = parser.nextToken() != null && parser.skipChildren() != null && parser.nextToken() == null;
            if (!single) {
                throw new DecodeException("there is not one value");
            }
        } catch (IOException malformed) {
            throw new DecodeException("malformed", malformed);
        }
        return Json.decodeValue(Buffer.buffer(bytes));
    }
}
