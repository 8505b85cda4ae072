package io.gatehouse.token;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.json.StrictReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON of strangers: UTF-8, one object, no name twice, not deep, nothing behind it. */
final class StrictJson {
    private static final JsonMapper MAPPER = StrictReading.trees(8);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private StrictJson() {}

    /** Null where the bytes are no such object. */
    static @Nullable JsonNode object(Bytes json) {
        try (JsonParser parser = MAPPER.createParser(text(json))) {
            JsonNode node = MAPPER.readTree(parser);
            return node != null && node.isObject() && parser.nextToken() == null ? node : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    /** Bytes would be taken for UTF-16 or UTF-32 where they look like it (RFC 7519, section 7.1, wants UTF-8). */
    private static String text(Bytes json) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(json.toArray()))
                .toString();
        if (text.startsWith(BYTE_ORDER_MARK)) {
            throw new CharacterCodingException();
        }
        return text;
    }
}
