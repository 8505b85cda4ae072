package io.gatehouse.common.bus;

import io.gatehouse.common.crypto.Aead;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.crypto.Hmac;
import io.gatehouse.common.crypto.Secret;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How an application and the gateway role write to each other, so that no other member of a cluster, any of which may register as a consumer
 * of any address, can ask in the application's name or make up an answer.
 *
 * <p>Sealed: {@code {"application", "sealed"}}, where the box is AES-256-GCM under HKDF-SHA256 of the secret; nobody else reads it either.
 * Plain, for applications that have no more than an HMAC at hand: {@code {"application", "id", "time", "operation", "parameters", "mac"}},
 * where the MAC is HMAC-SHA256, base64url, by the secret, of these five each on a line of its own, the parameters as JSON text. The answer
 * comes in the form of the question and is bound to its id.
 */
final class ApplicationEnvelope {
    static final String APPLICATION = "application";

    private static final String SEALED = "sealed";
    private static final String MAC = "mac";
    private static final String RESULT = "result";
    private static final String REQUEST = "gatehouse application request v1";
    private static final String REPLY = "gatehouse application reply v1";
    /** As JSON in base64url. */
    private static final int LONGEST = 262_144;

    private final String application;
    private final Bytes key;
    private final Hmac hmac;

    ApplicationEnvelope(String application, Secret secret) {
        this.application = application;
        this.key = Hkdf.derive(secret.value(), "gatehouse application v1");
        this.hmac = new Hmac(secret.value());
    }

    JsonObject seal(ApplicationCall call) {
        JsonObject content = new JsonObject()
                .put("id", call.id())
                .put("time", call.sentAt())
                .put("operation", call.operation())
                .put("parameters", call.parameters());
        return new JsonObject().put(APPLICATION, application).put(SEALED, box(content, REQUEST));
    }

    /** Null where it was not made with the secret, or has not the form of a question. */
    @Nullable
    ApplicationCall open(JsonObject message) {
        try {
            return message.containsKey(SEALED) ? sealed(message) : plain(message);
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    private @Nullable ApplicationCall sealed(JsonObject message) {
        JsonObject content = content(message, REQUEST);
        return content == null ? null : call(content);
    }

    private @Nullable ApplicationCall plain(JsonObject message) {
        ApplicationCall call = call(message);
        Bytes shown = Base64Url.decode(message.getString(MAC, ""));
        Bytes mac = mac(
                REQUEST,
                call.id(),
                String.valueOf(call.sentAt()),
                call.operation(),
                call.parameters().encode());
        return mac.equals(shown) ? call : null;
    }

    private static ApplicationCall call(JsonObject content) {
        String id = content.getString("id", "");
        if (id.length() < 16 || id.length() > 64 || Base64Url.decode(id) == null) {
            throw new IllegalArgumentException("a request has a fresh id");
        }
        return new ApplicationCall(
                id,
                content.getLong("time"),
                content.getString("operation", ""),
                content.getJsonObject("parameters", new JsonObject()));
    }

    /** @param question whose form the answer has */
    JsonObject answer(JsonObject question, String id, JsonObject result) {
        return question.containsKey(SEALED)
                ? new JsonObject().put(SEALED, box(result, REPLY + "\n" + id))
                : new JsonObject()
                        .put(RESULT, result)
                        .put(MAC, mac(REPLY, id, result.encode()).base64Url());
    }

    /** Null where it is no answer to the question of that id. */
    @Nullable
    JsonObject openAnswer(JsonObject message, String id) {
        try {
            return content(message, REPLY + "\n" + id);
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    private String box(JsonObject content, String label) {
        return Aead.seal(key, Bytes.utf8(content.encode()), bound(label)).base64Url();
    }

    private @Nullable JsonObject content(JsonObject message, String label) {
        String text = message.getString(SEALED, "");
        Bytes box = text.length() > LONGEST ? null : Base64Url.decode(text);
        Bytes content = box == null ? null : Aead.open(key, box, bound(label));
        return content == null ? null : new JsonObject(content.utf8());
    }

    private Bytes bound(String label) {
        return Bytes.utf8(label + "\n" + application);
    }

    private Bytes mac(String label, String... lines) {
        return hmac.of(Bytes.utf8(label + "\n" + application + "\n" + String.join("\n", lines)));
    }
}
