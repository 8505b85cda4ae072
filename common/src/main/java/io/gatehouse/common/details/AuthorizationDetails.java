package io.gatehouse.common.details;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.json.StrictReading;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Authorization details (RFC 9396, section 2): JSON objects, each with a type, of which nobody may make two things. Whether
 * their fields are those of the type is another question.
 */
public final class AuthorizationDetails {
    /** Bytes in UTF-8: a token that holds them still fits into a header. */
    public static final int LONGEST = 4096;

    /** Fields of which an array with fewer entries allows less (RFC 9396, section 2.2). */
    private static final Set<String> NARROWED = Set.of("locations", "actions", "datatypes", "privileges");

    private static final int MOST = 16;
    private static final int DEEPEST = 5;
    /** Every reader of JSON has it exactly. */
    private static final long GREATEST = 999_999_999_999_999L;

    private static final JsonFactory STRICT = StrictReading.tokens(DEEPEST);

    private final List<JsonObject> all;
    private final String text;

    private AuthorizationDetails(List<JsonObject> all) {
        this.all = List.copyOf(all);
        this.text = new JsonArray(all).encode();
    }

    /**
     * Reads them.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_authorization_details, where it is not such a text, or too much
     */
    public static AuthorizationDetails parse(String text) {
        JsonArray array = array(text);
        if (array.isEmpty() || array.size() > MOST) {
            throw refused("must hold 1 to " + MOST + " objects: leave it out where none is wanted");
        }
        List<JsonObject> all = new ArrayList<>();
        for (Object element : array) {
            JsonObject detail = element instanceof JsonObject object ? sorted(object) : new JsonObject();
            if (!(detail.getValue("type") instanceof String)) {
                throw refused("must hold objects, each with a type");
            }
            all.add(detail);
        }
        AuthorizationDetails details = new AuthorizationDetails(all);
        if (Set.copyOf(details.all).size() < all.size()) {
            throw refused("holds one object twice: send it once");
        }
        if (details.length() > LONGEST) {
            throw tooLong();
        }
        return details;
    }

    /** What is wrong with them, as an error of the protocol. */
    public static RuntimeException refused(String flaw) {
        return OAuthError.failure(Code.INVALID_AUTHORIZATION_DETAILS, "authorization_details " + flaw);
    }

    /** A copy of each, in the order given. */
    public List<JsonObject> all() {
        return all.stream().map(JsonObject::copy).toList();
    }

    public Set<String> types() {
        Set<String> types = new TreeSet<>();
        all.forEach(detail -> types.add(detail.getString("type")));
        return types;
    }

    /** JSON without blanks, the members of every object by their names: equal texts ask for the same. */
    public String text() {
        return text;
    }

    /** Bytes of {@link #text} in UTF-8. */
    public int length() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Whether nothing in {@code wanted} is more than these: each object there is one of these or narrower than one, and each of
     * these counts once, since of one payment there must not become two. What can't be told easily is taken for more.
     */
    public boolean covers(AuthorizationDetails wanted) {
        List<JsonObject> left = new ArrayList<>(all);
        List<JsonObject> narrower = new ArrayList<>();
        wanted.all.stream().filter(one -> !left.remove(one)).forEach(narrower::add);
        return narrower.stream().allMatch(one -> {
            int index = indexOfWider(left, one);
            return index >= 0 && left.remove(index) != null;
        });
    }

    private static int indexOfWider(List<JsonObject> granted, JsonObject wanted) {
        for (int i = 0; i < granted.size(); i++) {
            if (isWithin(granted.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** The same, or with fewer entries in some of the arrays whose meaning RFC 9396 fixes. */
    private static boolean isWithin(JsonObject granted, JsonObject wanted) {
        return granted.fieldNames().equals(wanted.fieldNames())
                && granted.fieldNames().stream().allMatch(name -> {
                    Object most = granted.getValue(name);
                    Object value = wanted.getValue(name);
                    return most.equals(value)
                            || (NARROWED.contains(name)
                                    && most instanceof JsonArray all
                                    && value instanceof JsonArray some
                                    && some.stream().allMatch(all::contains));
                });
    }

    private static JsonArray array(String text) {
        if (text.length() > LONGEST) {
            throw tooLong();
        }
        try (JsonParser parser = STRICT.createParser(text)) {
            boolean single = parser.nextToken() == JsonToken.START_ARRAY
                    && parser.skipChildren() != null
                    && parser.nextToken() == null;
            if (single) {
                return new JsonArray(text);
            }
        } catch (IOException | DecodeException malformed) {
            // Its message may repeat what was sent.
        }
        throw refused("must be a JSON array, no member twice, at most " + DEEPEST + " levels deep");
    }

    private static JsonObject sorted(JsonObject object) {
        TreeMap<String, Object> members = new TreeMap<>();
        object.fieldNames().forEach(name -> members.put((String) checked(name), checked(object.getValue(name))));
        return new JsonObject(members);
    }

    private static Object checked(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return sorted(object);
        }
        if (value instanceof JsonArray array && !array.isEmpty()) {
            return new JsonArray(
                    array.stream().map(AuthorizationDetails::checked).toList());
        }
        boolean plain = value instanceof Boolean
                || value instanceof Integer
                || (value instanceof Long number && number >= -GREATEST && number <= GREATEST)
                || (value instanceof String text && isShown(text));
        if (value == null || !plain) {
            throw refused("holds null, an empty array, text with characters that can't be seen, or a number that is not"
                    + " whole or has more than 15 digits: send such numbers as text");
        }
        return value;
    }

    /** People decide by what they read: what hides, or turns the rest around, is no part of it. */
    private static boolean isShown(String text) {
        return text.codePoints().allMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Scripts of India and Iran are not written without them.
            case Character.FORMAT -> c == 0x200C || c == 0x200D;
            default -> true;
        });
    }

    private static RuntimeException tooLong() {
        return refused("is longer than " + LONGEST + " bytes: ask for less at once");
    }
}
