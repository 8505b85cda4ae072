package io.gatehouse.common.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.common.jwk.PublicJwks;
import org.jspecify.annotations.Nullable;

/**
 * A JWK Set as it was written: as a section of the file, or as JSON.
 *
 * @param text JSON, or what was to be
 */
public record JwkSet(String text) {
    /** What is wrong with it and what to do about it, or null. */
    @Nullable
    String flaw() {
        try {
            PublicJwks.read(text);
            return null;
        } catch (IllegalArgumentException flawed) {
            return flawed.getMessage();
        }
    }

    /** The public keys in our form; only where there is no flaw. */
    public String publicKeys() {
        return PublicJwks.read(text).json();
    }

    @Override
    public String toString() {
        return text;
    }

    /** A section as JSON; a text as it is, which may be JSON already. All members of a public key that count are texts. */
    static ConfigNode.Text written(ConfigNode node) {
        return node instanceof ConfigNode.Text text
                ? text
                : new ConfigNode.Text(node.origin(), json(node).toString());
    }

    private static JsonNode json(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Section section -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                section.entries().forEach((name, value) -> object.set(name, json(value)));
                yield object;
            }
            case ConfigNode.Items list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                list.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case ConfigNode.Text text -> JsonNodeFactory.instance.textNode(text.value());
        };
    }
}
