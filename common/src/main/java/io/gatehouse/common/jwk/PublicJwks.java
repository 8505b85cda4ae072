package io.gatehouse.common.jwk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.common.json.StrictReading;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JWK Set (RFC 7517, section 5) that somebody else wrote, brought into a form of ours: of its keys those that we have an
 * algorithm for, and of these the members that we understand.
 *
 * @param json the set
 * @param kids that its keys have
 */
public record PublicJwks(String json, Set<String> kids) {
    private static final int LONGEST_SET = 64 * 1024;
    private static final int MOST_KEYS = 32;
    /** A modulus of 8192 bits has 1366. */
    private static final int LONGEST_MEMBER = 1400;

    private static final List<String> MEMBERS = List.of("kty", "use", "alg", "kid", "crv", "x", "y", "n", "e");
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final JsonMapper MAPPER = StrictReading.trees(8);

    public PublicJwks {
        kids = Set.copyOf(kids);
    }

    /** @throws IllegalArgumentException that says what is wrong with it and what to do, to be read after its name */
    public static PublicJwks read(String text) {
        JsonNode keys = keys(text);
        ArrayNode ours = MAPPER.createArrayNode();
        for (JsonNode key : keys) {
            if (PRIVATE.stream().anyMatch(key::has)) {
                throw new IllegalArgumentException("holds a private or secret key: give the public keys only, without "
                        + String.join(", ", PRIVATE) + ", and make new ones");
            }
            ObjectNode read = known(key);
            if (read != null) {
                ours.add(read);
            }
        }
        if (ours.isEmpty()) {
            throw new IllegalArgumentException(
                    "has no key for RS256, PS256, ES256 or EdDSA: give one of kty RSA, EC (P-256) or OKP (Ed25519)");
        }
        Set<String> kids = new HashSet<>();
        ours.forEach(key -> {
            if (key.has("kid")) {
                kids.add(key.get("kid").textValue());
            }
        });
        return new PublicJwks(MAPPER.createObjectNode().set("keys", ours).toString(), kids);
    }

    private static JsonNode keys(String text) {
        if (text.length() > LONGEST_SET) {
            throw new IllegalArgumentException("is longer than " + LONGEST_SET + " characters: leave keys out");
        }
        JsonNode keys = parsed(text).path("keys");
        if (!keys.isArray()) {
            throw new IllegalArgumentException(
                    "is no JWK Set: write it like {keys: [{kty: EC, crv: P-256, x: ..., y: ...}]}");
        }
        if (keys.size() > MOST_KEYS) {
            throw new IllegalArgumentException("has more than " + MOST_KEYS + " keys: leave some out");
        }
        return keys;
    }

    // Not with the parser's words: they quote the text.
    private static JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("is no JSON, or has a name twice: copy the JWK Set again");
        }
    }

    /** Null for what we have no algorithm for (RFC 7517, section 5, wants such keys ignored). */
    private static @Nullable ObjectNode known(JsonNode key) {
        ObjectNode read = MAPPER.createObjectNode();
        for (String member : MEMBERS) {
            JsonNode value = key.path(member);
            if (!value.isMissingNode()
                    && (!value.isTextual() || value.textValue().length() > LONGEST_MEMBER)) {
                return null;
            }
            if (value.isTextual()) {
                read.set(member, value);
            }
        }
        return isUsable(read) ? read : null;
    }

    private static boolean isUsable(JsonNode key) {
        return switch (key.path("kty").asText()) {
            case "RSA" -> key.has("n") && key.has("e");
            case "EC" -> key.path("crv").asText().equals("P-256") && key.has("x") && key.has("y");
            case "OKP" -> key.path("crv").asText().equals("Ed25519") && key.has("x");
            default -> false;
        };
    }
}
