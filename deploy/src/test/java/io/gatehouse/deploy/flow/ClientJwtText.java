package io.gatehouse.deploy.flow;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JWTs as a client makes them, by hand: also those that no library would make. */
public final class ClientJwtText {
    static final String DEMO_KEY = "demo-jwt-login-key-0123456789abcdef";
    static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private ClientJwtText() {}

    /** Signed by the demo's key. */
    public static String demo(String payload) {
        return signed(DEMO_KEY, payload);
    }

    static String signed(String key, String payload) {
        return signed("HmacSHA256", key, HS256, payload);
    }

    static String signed(String mac, String key, String header, String payload) {
        String input = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(payload.getBytes(StandardCharsets.UTF_8));
        return input + "." + base64(mac(mac, key, input));
    }

    /** Without a signature. */
    static String unsigned(String header, String payload) {
        return base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(payload.getBytes(StandardCharsets.UTF_8))
                + ".";
    }

    /** Claims of now that no other JWT has; names and values in turn follow. */
    public static String claims(String clientId, Object... more) {
        JsonObject claims = new JsonObject()
                .put("client_id", clientId)
                .put("iat", Instant.now().getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
        for (int i = 0; i < more.length; i += 2) {
            claims.put((String) more[i], more[i + 1]);
        }
        return claims.encode();
    }

    private static byte[] mac(String algorithm, String key, String input) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
