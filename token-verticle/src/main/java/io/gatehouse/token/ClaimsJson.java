package io.gatehouse.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How claims are written. */
final class ClaimsJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the members of one object. */
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private ClaimsJson() {}

    /** JSON, in UTF-8. */
    static byte[] object(Members claims) {
        ByteArrayOutputStream written = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(written)) {
            json.writeStartObject();
            claims.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("claims that JSON can't hold", e);
        }
        return written.toByteArray();
    }

    /** Nothing where {@code value} is null. */
    static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** Nothing where {@code values} is empty. */
    static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeFieldName(name);
            value(json, values);
        }
    }

    /** NumericDate (RFC 7519, section 2), in whole seconds. */
    static void time(JsonGenerator json, String name, Instant value) throws IOException {
        json.writeNumberField(name, value.getEpochSecond());
    }

    static void all(JsonGenerator json, Map<String, ?> claims) throws IOException {
        for (Map.Entry<String, ?> claim : claims.entrySet()) {
            json.writeFieldName(claim.getKey());
            value(json, claim.getValue());
        }
    }

    /** A flag, a number, a list or a map of those, or else text. */
    static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number);
            case List<?> values -> {
                json.writeStartArray();
                for (Object one : values) {
                    value(json, one);
                }
                json.writeEndArray();
            }
            case Map<?, ?> members -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    json.writeFieldName(member.getKey().toString());
                    value(json, member.getValue());
                }
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }
}
