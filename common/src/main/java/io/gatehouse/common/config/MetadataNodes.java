package io.gatehouse.common.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.json.StrictReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client's metadata as what is written in a configuration: of the members those that we know, each of its own JSON type. */
final class MetadataNodes {
    /** Where all of it comes from. */
    static final String ORIGIN = "request";

    private static final int LONGEST = 64 * 1024;
    private static final int MOST_ITEMS = 64;

    private static final JsonMapper MAPPER = StrictReading.trees(8);

    private MetadataNodes() {}

    /**
     * @throws io.gatehouse.common.error.OAuthFailure invalid_client_metadata, where it is no JSON object that has one meaning
     */
    static JsonNode parse(String json) {
        JsonNode members = json.length() > LONGEST ? null : tree(json);
        if (members == null || !members.isObject()) {
            throw OAuthError.failure(
                    Code.INVALID_CLIENT_METADATA,
                    "client metadata must be one JSON object of at most " + LONGEST
                            + " characters, with no member twice");
        }
        return members;
    }

    private static @Nullable JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }

    /**
     * A member that is null is absent.
     *
     * @param names of the members that count; the others are ignored (RFC 7591, section 2)
     */
    static Map<String, ConfigNode> of(JsonNode members, SectionSpec spec, Set<String> names, Problems problems) {
        Map<String, ConfigNode> written = new LinkedHashMap<>();
        for (KeySpec key : spec.keys()) {
            JsonNode value = members.path(key.name());
            if (value.isMissingNode() || value.isNull() || !names.contains(key.name())) {
                continue;
            }
            ConfigNode node = key.section() == null && !key.map() ? node(key, value) : null;
            if (node == null) {
                problems.add(key.name(), ORIGIN, "has the wrong type: give " + expected(key));
            } else {
                written.put(key.name(), node);
            }
        }
        return written;
    }

    private static @Nullable ConfigNode node(KeySpec key, JsonNode value) {
        return key.list() ? items(value) : single(key, value);
    }

    private static @Nullable ConfigNode items(JsonNode value) {
        if (!value.isArray() || value.size() > MOST_ITEMS) {
            return null;
        }
        List<ConfigNode> items = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual()) {
                return null;
            }
            items.add(new ConfigNode.Text(ORIGIN, item.textValue()));
        }
        return new ConfigNode.Items(ORIGIN, items);
    }

    private static @Nullable ConfigNode single(KeySpec key, JsonNode value) {
        boolean fits = (key.type() == Boolean.class && value.isBoolean())
                || (key.type() == Integer.class && value.isIntegralNumber())
                || (key.type() == JwkSet.class && value.isObject())
                || (isText(key) && value.isTextual());
        String text = value.isTextual() ? value.textValue() : value.toString();
        return fits ? new ConfigNode.Text(ORIGIN, text) : null;
    }

    private static boolean isText(KeySpec key) {
        return key.type() != Boolean.class && key.type() != Integer.class && key.type() != JwkSet.class;
    }

    private static String expected(KeySpec key) {
        if (key.list()) {
            return "an array of at most " + MOST_ITEMS + " strings";
        }
        return key.type() == JwkSet.class ? "a JWK Set" : Values.expected(key);
    }
}
