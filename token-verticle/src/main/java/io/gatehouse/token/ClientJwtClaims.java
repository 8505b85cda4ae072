package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.LoginName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a client's JWT; those about the login stand at the top level or in an object among them, or agree in both. */
final class ClientJwtClaims {
    /** Larger numbers of seconds lie 3000 years ahead: such a number counts milliseconds. */
    private static final double MOST_SECONDS = 1e11;

    private final JsonNode top;
    private final @Nullable JsonNode inner;

    private ClientJwtClaims(JsonNode top, @Nullable JsonNode inner) {
        this.top = top;
        this.inner = inner;
    }

    /**
     * @param container the claim that may hold such an object
     * @throws io.gatehouse.common.error.OAuthFailure invalid_grant
     */
    static ClientJwtClaims parse(Bytes payload, String container) {
        JsonNode top = StrictJson.object(payload);
        if (top == null) {
            throw ClientJwt.invalid("its payload is no JSON object");
        }
        JsonNode inner = top.get(container);
        if (inner != null && !inner.isObject()) {
            throw ClientJwt.invalid("its claim " + container + " is no object");
        }
        return new ClientJwtClaims(top, inner);
    }

    void checkClient(String clientId) {
        if (!clientId.equals(text("client_id"))) {
            throw ClientJwt.invalid("its client_id is not the one of the request");
        }
    }

    /** Null where it names nobody. */
    @Nullable
    LoginName selector(Map<String, LoginName.Kind> selectors) {
        LoginName found = null;
        for (Map.Entry<String, LoginName.Kind> selector : selectors.entrySet()) {
            String value = text(selector.getKey());
            if (value != null && !value.isEmpty()) {
                if (found != null) {
                    throw ClientJwt.invalid("it names a user in two ways");
                }
                found = new LoginName(selector.getValue(), value);
            }
        }
        return found;
    }

    @Nullable
    String jti() {
        return text("jti");
    }

    /** Null where the claim is absent. */
    @Nullable
    Instant time(String name) {
        JsonNode value = only(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > MOST_SECONDS * 1000) {
            throw ClientJwt.invalid("its claim " + name + " is no time");
        }
        double number = value.doubleValue();
        return number > MOST_SECONDS ? Instant.ofEpochMilli((long) number) : Instant.ofEpochSecond((long) number);
    }

    private @Nullable String text(String name) {
        JsonNode value = only(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw ClientJwt.invalid("its claim " + name + " is no text");
        }
        return value.textValue();
    }

    private @Nullable JsonNode only(String name) {
        JsonNode outside = top.get(name);
        JsonNode inside = inner == null ? null : inner.get(name);
        if (outside != null && inside != null && !outside.equals(inside)) {
            throw ClientJwt.invalid("its claim " + name + " is given twice and differs");
        }
        return outside == null ? inside : outside;
    }
}
