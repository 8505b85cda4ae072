package io.gatehouse.gateway.page;

import io.gatehouse.common.config.AuthorizationDetailConfig;
import io.gatehouse.common.config.DetailFieldConfig;
import io.gatehouse.common.details.AuthorizationDetails;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What authorization details (RFC 9396) allow, in the operator's words. Nothing that they hold is left out. */
final class DetailWords {
    private final Map<String, AuthorizationDetailConfig> types;

    DetailWords(List<AuthorizationDetailConfig> types) {
        this.types = types.stream()
                .collect(Collectors.toUnmodifiableMap(AuthorizationDetailConfig::type, Function.identity()));
    }

    /** @param details a JSON array that was found good; null: none */
    List<DetailLine> lines(@Nullable String details, Texts texts) {
        return details == null
                ? List.of()
                : AuthorizationDetails.parse(details).all().stream()
                        .map(detail -> line(detail, texts))
                        .toList();
    }

    private DetailLine line(JsonObject detail, Texts texts) {
        String named = String.valueOf(detail.remove("type"));
        Map<String, List<String>> values = new LinkedHashMap<>();
        collect("", detail, texts, values);
        AuthorizationDetailConfig type = types.get(named);
        List<DetailLine.Field> fields = new ArrayList<>();
        if (type != null) {
            type.fields().forEach(field -> add(fields, label(field, texts), values.remove(field.name())));
        }
        // The configuration may have been changed since.
        values.forEach((path, some) -> add(fields, texts.detail(path), some));
        return new DetailLine(type == null ? named : type.in(texts.language()), fields);
    }

    private static String label(DetailFieldConfig field, Texts texts) {
        return Objects.requireNonNullElseGet(field.in(texts.language()), () -> texts.detail(field.name()));
    }

    private static void add(List<DetailLine.Field> fields, String label, @Nullable List<String> values) {
        if (values != null) {
            fields.add(new DetailLine.Field(label, values));
        }
    }

    private static void collect(String path, JsonObject object, Texts texts, Map<String, List<String>> values) {
        for (String name : object.fieldNames()) {
            Object value = object.getValue(name);
            if (value instanceof JsonObject within) {
                collect(path + name + ".", within, texts, values);
            } else {
                values.put(path + name, words(value, texts));
            }
        }
    }

    private static List<String> words(Object value, Texts texts) {
        if (value instanceof JsonArray array) {
            return array.stream().map(one -> word(one, texts)).toList();
        }
        return List.of(word(value, texts));
    }

    private static String word(Object value, Texts texts) {
        return value instanceof Boolean flag ? texts.get(flag ? "detail.yes" : "detail.no") : value.toString();
    }
}
