import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Asks Gatehouse over the event bus without any class of it. Other members can read what it asks, and make up nothing. */
public final class PlainCall {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** Gives {@code {"result": {...}}}, or {@code {"error": {"number": ..., "text": ...}}}. */
    public static Future<JsonObject> ask(
            Vertx vertx, String application, String secret, String operation, JsonObject parameters) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String id = BASE64URL.encodeToString(random);
        String time = String.valueOf(System.currentTimeMillis());
        String mac = mac(
                secret, "gatehouse application request v1", application, id, time, operation, parameters.encode());
        JsonObject question = new JsonObject()
                .put("application", application)
                .put("id", id)
                .put("time", Long.valueOf(time))
                .put("operation", operation)
                .put("parameters", parameters)
                .put("mac", mac);
        return vertx.eventBus()
                .<JsonObject>request("gatehouse.v1.applications", question)
                .map(reply -> {
                    JsonObject answer = reply.body().getJsonObject("result");
                    String right = mac(secret, "gatehouse application reply v1", application, id, answer.encode());
                    if (!MessageDigest.isEqual(
                            right.getBytes(), reply.body().getString("mac").getBytes())) {
                        throw new IllegalStateException("somebody else answered");
                    }
                    return answer;
                });
    }

    private static String mac(String secret, String... lines) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(), "HmacSHA256"));
            return BASE64URL.encodeToString(mac.doFinal(String.join("\n", lines).getBytes()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
