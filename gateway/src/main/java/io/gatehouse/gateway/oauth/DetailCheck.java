package io.gatehouse.gateway.oauth;

import io.gatehouse.common.details.AuthorizationDetails;
import io.gatehouse.common.details.DetailField;
import io.gatehouse.common.details.DetailType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether authorization details (RFC 9396) hold what their type may hold, and what it must. */
final class DetailCheck {
    private static final JsonObject NOTHING = new JsonObject();

    private final Map<String, DetailField> fields;
    private final Set<String> required;

    DetailCheck(DetailType declared) {
        this.fields = declared.fields().stream()
                .collect(Collectors.toUnmodifiableMap(DetailField::name, Function.identity()));
        this.required = declared.fields().stream()
                .filter(DetailField::required)
                .map(DetailField::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_authorization_details, where it is not of this type */
    void check(JsonObject detail) {
        Set<String> missing = new HashSet<>(required);
        detail.remove("type");
        check("", detail, missing);
        if (!missing.isEmpty()) {
            throw AuthorizationDetails.refused(
                    "lacks the field " + missing.stream().sorted().findFirst().orElseThrow());
        }
    }

    private void check(String path, JsonObject object, Set<String> missing) {
        for (String name : object.fieldNames()) {
            String field = path + name;
            Object value = object.getValue(name);
            // A dot in a name would be taken for one between two; an empty object would be shown to nobody.
            if (name.contains(".") || value.equals(NOTHING)) {
                throw undeclared();
            }
            if (value instanceof JsonObject within) {
                check(field + ".", within, missing);
            } else {
                check(fields.get(field), value);
                missing.remove(field);
            }
        }
    }

    private static void check(@Nullable DetailField field, Object value) {
        if (field == null) {
            throw undeclared();
        }
        boolean fits = switch (field.shape()) {
            case TEXTS -> value instanceof JsonArray texts && areOf(field.values(), texts);
            case NUMBER -> value instanceof Number;
            case FLAG -> value instanceof Boolean;
            case TEXT -> value instanceof String text && isOf(field.values(), text);
        };
        if (!fits) {
            throw AuthorizationDetails.refused("has a value that its type does not allow for " + field.name());
        }
    }

    private static boolean areOf(List<String> values, JsonArray texts) {
        return texts.stream().allMatch(one -> one instanceof String text && isOf(values, text));
    }

    private static boolean isOf(List<String> values, String text) {
        return values.isEmpty() || values.contains(text);
    }

    /** A name is the caller's text: it is not repeated back. */
    private static RuntimeException undeclared() {
        return AuthorizationDetails.refused("has a field that its type does not have");
    }
}
